"""Part of pages."""
