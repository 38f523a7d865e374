"""The joint decision, papers, stays."""
