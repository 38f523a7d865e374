"""Part of quality."""
