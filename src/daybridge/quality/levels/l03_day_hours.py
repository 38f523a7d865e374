"""Six hours a day is another level."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
WITH seats AS (
  SELECT m.client_id, o.day, o.starts_at, o.ends_at, m.from_day AS known
  FROM schedule_membership m JOIN schedule_occurrence o ON o.series_id = m.series_id
    AND o.day >= m.from_day AND (m.until_day IS NULL OR o.day <= m.until_day)
  WHERE o.day BETWEEN %(first)s AND %(last)s AND o.state <> 'cancelled'
    AND o.service = ANY(%(formal)s)
    AND NOT EXISTS (SELECT FROM schedule_expected e
      WHERE e.client_id = m.client_id AND e.occurrence_id = o.id AND e.state = 'cancelled')
  UNION ALL
  SELECT e.client_id, o.day, o.starts_at, o.ends_at, [[e.booked_at]]
  FROM schedule_expected e JOIN schedule_occurrence o ON o.id = e.occurrence_id
  WHERE e.booked_singly AND e.state = 'expected' AND o.state <> 'cancelled'
    AND o.day BETWEEN %(first)s AND %(last)s AND o.service = ANY(%(formal)s)
    AND NOT EXISTS (SELECT FROM hours_shortweek w WHERE w.client_id = e.client_id
      AND w.taken_at IS NOT NULL AND o.day BETWEEN w.week AND w.week + 6)
), spans AS (
  SELECT client_id, day, day AS begins, 'day' AS kind, starts_at, ends_at, known FROM seats
  UNION ALL
  SELECT client_id, day, date_trunc('week', day)::date, 'week', starts_at, ends_at, known FROM seats
), planned AS (
  SELECT client_id, begins, kind, max(known) AS known,
    sum(extract(epoch FROM ends_at - starts_at)) / 60 AS minutes
  FROM spans p
  WHERE EXISTS (SELECT FROM placement_levelperiod l WHERE l.client_id = p.client_id
    AND l.level = 'iop' AND [[l.from_at]] <= p.day
    AND (l.until_at IS NULL OR [[l.until_at]] > p.day))
  GROUP BY client_id, begins, kind
)
SELECT client_id, known >= begins,
  round(minutes / 60, 1) || ' h planned, ' || kind || ' of ' || begins || ', known ' || known
FROM planned
WHERE minutes >= 60 * CASE kind WHEN 'day' THEN %(php_day_hours)s ELSE %(iop_most_hours)s + 0.1 END
ORDER BY begins, client_id
"""
_NEARLY = """
SELECT a.client_id, sum(a.clinical_minutes) BETWEEN 330 AND 359,
  sum(a.clinical_minutes) || ' minutes on ' || a.day
FROM hours_attendance a WHERE a.day BETWEEN %(first)s AND %(last)s
GROUP BY a.client_id, a.day HAVING sum(a.clinical_minutes) > 0 ORDER BY a.day, a.client_id
"""
_MOVED = """
SELECT a.client_id, abs([[a.taken_at]] - a.day) > 1, 'day ' || a.day || ', entered ' || [[a.taken_at]]
FROM hours_attendance a WHERE a.day BETWEEN %(first)s AND %(last)s ORDER BY a.day, a.client_id
"""

L3 = Kept(
    id="L3",
    title="Six hours a day is another level",
    text="Planned days that fit another level are flagged beforehand.",
    upheld_by=("care.hours.board.long_days",),
    measures=(
        Measure(
            id="L3",
            question="Was every planned day or week of another level flagged the day before?",
            case="a planned IOP day of 6 hours or more, or a week above the IOP band; make-ups are not "
                 "counted, and weeks below the band are L4's",
            counts="not flagged at least one day before: the hours board flags a plan as soon as it is "
                   "known, so it was planned on the very day",
            target=0.05,
            source="own",
            remedy="Level review, or reschedule",
            gaming="recording hours on another day, stopping at 5 h 59",
            companion="days between 5.5 and 6 h; entries more than a day away from their event",
            higher_is_better=False,
            version=2,
            read=cases(_SQL),
        ),
    ),
    companions=(
        Measure(
            id="L3-nearly", question="How many days ended between 5.5 and 6 hours?",
            case="a client-day with contact hours", counts="330 to 359 minutes",
            higher_is_better=False, read=cases(_NEARLY),
        ),
        Measure(
            id="L3-moved", question="How many entries are more than a day away from their event?",
            case="an attendance", counts="entered on a day more than 1 away from the session's",
            higher_is_better=False, read=cases(_MOVED),
        ),
    ),
)
