"""The initial evaluation."""
