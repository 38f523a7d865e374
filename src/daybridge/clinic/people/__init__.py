"""Clients, staff and supporters."""
