"""Reaching out, and how stays end."""
