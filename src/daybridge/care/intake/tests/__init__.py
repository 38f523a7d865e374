"""Part of intake."""
