"""Medical treatment, withdrawal over time, safety checks (P10 S9)."""
