"""Part of hours."""
