"""Part of placement."""
