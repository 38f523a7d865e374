"""Progress notes, counselling notes, co-signature, withdrawal of errors (P13)."""
