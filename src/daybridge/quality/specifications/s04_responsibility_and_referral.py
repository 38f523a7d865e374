"""Every need has an answer, every referral a closed loop."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

# The answer that holds now: one that was put off past its day is none, one that came late is late.
_NEEDS = """
SELECT n.client_id, now.id IS NOT NULL AND [[begun.at]] <= [[n.found_at]] + %(need_answer_days)s,
  CASE WHEN begun.at IS NULL THEN n.domain || ': no answer'
       WHEN now.id IS NULL AND last.answer = 'deferred' AND last.until_at IS NULL
         THEN n.domain || ': put off until ' || last.again_on || ', which has come'
       WHEN now.id IS NULL THEN n.domain || ': open again'
       WHEN [[begun.at]] > [[n.found_at]] + %(need_answer_days)s
         THEN n.domain || ': answered after ' || [[begun.at]] - [[n.found_at]] || ' days'
       ELSE n.domain || ': ' || now.answer END
FROM assessment_need n
LEFT JOIN LATERAL (SELECT min(a.from_at) AS at FROM assessment_needanswer a
  WHERE a.need_id = n.id AND a.from_at <= %(now)s) AS begun ON true
LEFT JOIN LATERAL (SELECT a.* FROM assessment_needanswer a
  WHERE a.need_id = n.id AND a.from_at <= %(now)s
  ORDER BY a.from_at DESC, a.id DESC LIMIT 1) AS last ON true
LEFT JOIN assessment_needanswer now ON now.id = last.id
  AND (now.until_at IS NULL OR now.until_at > %(now)s)
  AND NOT (now.answer = 'deferred' AND now.again_on <= [[%(now)s]])
WHERE [[n.found_at]] + %(need_answer_days)s BETWEEN %(first)s AND %(last)s
ORDER BY n.found_at, n.id
"""
_LOOPS = """
SELECT r.client_id, coalesce([[r.closed_at]] <= [[r.sent_at]] + %(referral_loop_days)s, false),
  CASE WHEN r.closed_at IS NULL THEN 'open: ' || r.state
       ELSE r.state || ' after ' || [[r.closed_at]] - [[r.sent_at]] || ' days' END
FROM referrals_referral r
WHERE [[r.sent_at]] + %(referral_loop_days)s BETWEEN %(first)s AND %(last)s
ORDER BY r.sent_at, r.id
"""
_DECLINED = """
SELECT n.client_id, a.answer = 'declined', n.domain || ': ' || a.answer
FROM assessment_need n JOIN assessment_needanswer a ON a.need_id = n.id
  AND a.from_at <= %(now)s AND (a.until_at IS NULL OR a.until_at > %(now)s)
WHERE [[n.found_at]] BETWEEN %(first)s AND %(last)s ORDER BY n.found_at, n.id
"""
_AGAIN = """
SELECT a.client_id, EXISTS (SELECT FROM assessment_needanswer later
    WHERE later.need_id = a.need_id AND later.id > a.id AND later.from_at <= %(now)s),
  coalesce('to be asked again on ' || a.again_on, 'no day to ask again')
FROM assessment_needanswer a
WHERE a.answer = 'declined' AND [[a.from_at]] BETWEEN %(first)s AND %(last)s ORDER BY a.from_at, a.id
"""
_WITHOUT = """
SELECT r.client_id, r.state IN ('turned_down', 'not_seen'), r.kind || ': ' || r.state
FROM referrals_referral r WHERE [[r.closed_at]] BETWEEN %(first)s AND %(last)s
ORDER BY r.closed_at, r.id
"""

S4 = Kept(
    id="S4",
    title="Every need has an answer",
    text="Treated here, referred and followed until the loop is closed, put off with a reason and a "
         "day, or declined by the client.",
    upheld_by=("care.assessment.commands_needs.answer_need", "clinic.referrals.commands.take_step"),
    measures=(
        Measure(
            id="S4", question="Does every need have an answer within 14 days?",
            case="a need found at least 14 days ago",
            counts="answered within 14 days, and the answer still holds: put off past its day, or "
                   "referred and turned down, is none",
            target=0.95, source="own", remedy="Needs of the client", gaming="declined by client",
            companion="share declined; whether offered again", version=2, read=cases(_NEEDS),
        ),
        Measure(
            id="S4-loop", question="Is the loop of a referral closed within 30 days?",
            case="a referral sent at least 30 days ago",
            counts="acted on, turned down or did not come about within 30 days",
            target=0.70, source="own", remedy="Referral desk", gaming="closed without help",
            companion="share that ended without help", read=cases(_LOOPS),
        ),
    ),
    companions=(
        Measure(
            id="S4-declined", question="How many answers are “declined by the client”?",
            case="a need with a current answer", counts="declined by the client",
            higher_is_better=False, read=cases(_DECLINED),
        ),
        Measure(
            id="S4-again", question="Was what a client declined offered again?",
            case="an answer “declined by the client”", counts="the need has a later answer",
            read=cases(_AGAIN),
        ),
        Measure(
            id="S4-without", question="How many referrals ended without help?",
            case="a referral whose loop was closed", counts="turned down, or it did not come about",
            higher_is_better=False, read=cases(_WITHOUT),
        ),
    ),
)
