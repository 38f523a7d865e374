"""Partners, the service catalogue, referrals with a closed loop (S4)."""
