"""Daybridge."""
