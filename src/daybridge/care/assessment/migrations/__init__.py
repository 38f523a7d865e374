"""Part of assessment."""
