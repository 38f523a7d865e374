"""Part of messaging."""
