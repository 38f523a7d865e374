"""Levels of care, and the decision."""
