"""First contact to first appointment."""
