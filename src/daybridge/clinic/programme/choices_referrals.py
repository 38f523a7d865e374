"""What may be set about needs and referrals: key, meaning, unit, default, range, source."""

REFERRALS = (
    ("need_answer_days", "A need has an answer after it was found", "days", 14, 3, 60,
     "Own; MEASURES S4"),
    ("referral_seen_days", "A referred client is seen by the partner", "days", 14, 1, 90,
     "Own default"),
    ("referral_high_hours", "An urgent referral: the client is seen", "hours", 72, 4, 168,
     "Own default"),
    ("referral_loop_days", "A referral's loop is closed after it was sent", "days", 30, 7, 120,
     "Own; MEASURES S4"),
)
