"""Load a big invented clinic, and time pages beside a floor."""
