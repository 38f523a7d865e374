"""Part of people."""
