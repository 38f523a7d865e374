"""Daybridge runs an intensive outpatient programme for substance use disorders."""
