"""Who and which room is taken when."""
