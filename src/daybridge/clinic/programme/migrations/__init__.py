"""Part of programme."""
