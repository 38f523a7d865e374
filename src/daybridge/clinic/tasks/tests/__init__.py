"""Part of tasks."""
