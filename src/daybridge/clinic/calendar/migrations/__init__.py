"""Part of calendar."""
