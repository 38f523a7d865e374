"""The treatment plan."""
