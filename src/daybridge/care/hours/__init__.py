"""Attendance and contact hours."""
