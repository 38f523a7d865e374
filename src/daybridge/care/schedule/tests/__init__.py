"""Part of schedule."""
