"""What a client takes, from whom, and allergies (P10)."""
