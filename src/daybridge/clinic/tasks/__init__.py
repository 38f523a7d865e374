"""Alerts and tasks with one owner, and who is on call."""
