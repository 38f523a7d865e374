"""Instruments as data: filled, scored, followed over time (S1 P06)."""
