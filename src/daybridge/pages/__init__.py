"""Pages made of several domains."""
