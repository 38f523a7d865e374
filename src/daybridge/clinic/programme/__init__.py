"""Sites, rooms, levels of care and settings."""
