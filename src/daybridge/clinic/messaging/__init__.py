"""Words going out to people."""
