"""The mission, id by id: scenarios from which docs/conformity.md is made."""
