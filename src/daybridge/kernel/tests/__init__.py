"""Part of kernel."""
