"""The library of practices with their evidence (P13)."""
