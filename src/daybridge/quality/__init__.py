"""Watches all of it and writes nothing in care."""
