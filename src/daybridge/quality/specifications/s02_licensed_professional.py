"""A licensed professional in charge."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.parts import DAYS
from daybridge.quality.reading import cases

_SQL = """, checked AS (
  SELECT d.client_id, d.day, EXISTS (
    SELECT FROM placement_incharge c JOIN people_licence l ON l.staff_id = c.staff_id
    WHERE c.stay_id = d.id AND l.may_be_in_charge AND d.day BETWEEN l.valid_from AND l.valid_until
      AND [[c.from_at]] <= d.day AND (c.until_at IS NULL OR [[c.until_at]] >= d.day)) AS fits
  FROM days d
)
SELECT client_id, fits,
  CASE WHEN fits THEN count(*) || ' days' ELSE count(*) || ' days without, the first ' || min(day) END,
  count(*) AS units
FROM checked GROUP BY client_id, fits ORDER BY client_id
"""
_ENDING = """
SELECT 0, l.valid_until <= [[%(now)s]] + 30 AND l.renewal_started_on IS NULL AND NOT EXISTS (
    SELECT FROM people_licence n WHERE n.staff_id = l.staff_id AND n.may_be_in_charge
      AND n.valid_until > [[%(now)s]] + 30),
  s.name || ', ' || l.kind || ' until ' || l.valid_until
FROM people_licence l JOIN people_staff s ON s.id = l.staff_id
WHERE l.may_be_in_charge AND [[%(now)s]] BETWEEN l.valid_from AND l.valid_until
  AND (s.left_on IS NULL OR s.left_on > [[%(now)s]]) ORDER BY l.valid_until
"""
_LOAD = """
SELECT 0, count(*) <= %(caseload)s, s.name || ': ' || count(*) || ' clients', count(*) AS value
FROM placement_incharge c JOIN placement_stay t ON t.id = c.stay_id AND t.ended_at IS NULL
JOIN people_staff s ON s.id = c.staff_id
WHERE c.until_at IS NULL GROUP BY s.id ORDER BY count(*) DESC
"""
# one name for everybody is seen by this: who is in charge also sits with the client
_HELD = """
SELECT t.client_id, EXISTS (
    SELECT FROM hours_attendance a JOIN schedule_occurrence o ON o.id = a.occurrence_id
    JOIN people_staff s ON s.user_id = o.leader_id
    WHERE a.client_id = t.client_id AND s.id = c.staff_id AND a.kind LIKE 'attended%%'
      AND a.day BETWEEN [[%(now)s]] - 29 AND [[%(now)s]]), ''
FROM placement_stay t JOIN placement_incharge c ON c.stay_id = t.id AND c.until_at IS NULL
WHERE t.ended_at IS NULL AND [[c.from_at]] <= [[%(now)s]] - 30 ORDER BY t.client_id
"""

S2 = Kept(
    id="S2",
    title="A licensed professional in charge",
    text="Somebody with a valid licence answers for every client, every day.",
    upheld_by=("care.placement.commands.take_over_lapsing", "care.placement.commands_handover.stand_in"),
    measures=(
        Measure(
            id="S2",
            question="Did a licensed professional answer for everybody, every day?",
            case="a client-day in a stay; an imported stay begins with the first in charge here",
            counts="somebody in charge whose licence was valid that day and fits the state's list",
            target=1.0,
            source="joint policy statement",
            remedy="Hand over",
            gaming="one name for everybody",
            companion="clients a professional against the caseload limit; sessions that person held",
            zero_tolerance=True,
            version=2,
            read=cases(DAYS, _SQL),
        ),
        Measure(
            id="S2-ending", question="Which licences end within 30 days without a renewal under way?",
            case="a licence in force that lets somebody be in charge",
            counts="ends within 30 days, no renewal begun", target=0.0, source="mission",
            remedy="Renew, or hand over", higher_is_better=False, zero_tolerance=True, is_state=True,
            read=cases(_ENDING),
        ),
    ),
    companions=(
        Measure(
            id="S2-load", question="How many clients has a professional in charge?",
            case="a professional in charge of somebody", counts="within the caseload limit",
            unit="clients", how=How.MEDIAN, higher_is_better=False, is_state=True, read=cases(_LOAD),
        ),
        Measure(
            id="S2-held", question="Does who is in charge sit with the client?",
            case="an open stay with the same professional in charge for 30 days",
            counts="that person led a session the client came to in the last 30 days",
            is_state=True, read=cases(_HELD),
        ),
    ),
)
