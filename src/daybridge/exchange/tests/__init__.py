"""Part of exchange."""
