"""Bad input is normal input: whatever is typed, posted or asked for gets an answer in words."""
