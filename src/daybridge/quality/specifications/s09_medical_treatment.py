"""Medical treatment where it is needed."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.reading import cases

# What was entered by mistake shows no need.
_SEEN = """
SELECT n.client_id, bool_and(coalesce(v.seen_at <= n.due_at, false)),
  count(*) FILTER (WHERE v.seen_at <= n.due_at) || ' of ' || count(*) || ' seen in time'
FROM medical_medicalneed n
LEFT JOIN medical_seenby v ON v.need_id = n.id AND v.seen_at <= %(now)s
WHERE [[n.due_at]] BETWEEN %(first)s AND %(last)s AND NOT EXISTS (
  SELECT FROM medical_struck k
  WHERE n.source IN ('observation ' || k.observation_id, 'scale ' || k.scale_id))
GROUP BY n.client_id ORDER BY min(n.due_at)
"""
_FOUND = """
SELECT e.client_id, true, 'evaluated by ' || coalesce(p.name, 'nobody known'),
  (SELECT count(*) FROM medical_medicalneed n
   WHERE n.client_id = e.client_id AND n.source LIKE 'evaluation ' || e.id || ' %%') AS value
FROM assessment_evaluation e LEFT JOIN people_staff p ON p.user_id = e.evaluator_id
WHERE e.state = 'signed' AND [[e.signed_at]] BETWEEN %(first)s AND %(last)s
ORDER BY e.signed_at
"""

S9 = Kept(
    id="S9",
    title="Medical treatment where it is needed",
    text="A medical need found is seen by a physician in time.",
    upheld_by=("care.medical.commands.record_seen", "care.medical.commands_checks.check_medicines"),
    measures=(
        Measure(
            id="S9",
            question="Is each medical need seen in time?",
            case="a client with a medical need found, whose time to be seen is over",
            counts="every need seen by a physician or their own doctor: within 14 days, 72 hours when high,"
                   " the same day for withdrawal or pregnancy with opioid use",
            excludes="needs from an entry that was taken back as a mistake",
            target=0.9,
            source="own",
            remedy="Medicine: who needs a physician first",
            gaming="not finding needs",
            companion="needs by evaluator (S9-found)",
            version=2,
            read=cases(_SEEN),
        ),
    ),
    companions=(
        Measure(
            id="S9-found", question="How many medical needs does an evaluation show?",
            case="an evaluation signed", counts="medical needs that its answers show by themselves",
            unit="needs", how=How.MEDIAN, read=cases(_FOUND),
        ),
    ),
)
