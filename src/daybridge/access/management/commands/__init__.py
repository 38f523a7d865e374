"""Part of access."""
