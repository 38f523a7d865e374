"""Part of planning."""
