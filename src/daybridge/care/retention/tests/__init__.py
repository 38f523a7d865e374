"""Part of retention."""
