"""What leaves the house: consents, the one door, the ledger, PDF."""
