"""It uses what works."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.reading import cases

# Each contact hour with the practice its session stood on that day, and the newest look at it.
_JUDGED = """
WITH held AS (
  SELECT a.client_id, a.clinical_minutes AS minutes, a.day,
    CASE WHEN o.series_id IS NULL THEN s.practice ELSE g.practice END AS practice
  FROM hours_attendance a JOIN schedule_occurrence o ON o.id = a.occurrence_id
  LEFT JOIN schedule_sessionpractice s ON s.occurrence_id = o.id AND s.client_id = a.client_id
  LEFT JOIN LATERAL (SELECT p.practice FROM schedule_seriespractice p
    WHERE p.series_id = o.series_id AND p.from_day <= o.day
    ORDER BY p.from_day DESC LIMIT 1) AS g ON true
  WHERE a.clinical_minutes > 0 AND a.day BETWEEN %(first)s AND %(last)s
), judged AS (
  SELECT h.client_id, h.minutes,
    CASE WHEN h.practice IS NULL THEN 'practice not said yet'
         WHEN h.practice = '' THEN 'on no practice, said openly'
         WHEN r.id IS NULL THEN 'nobody here had looked at its evidence'
         WHEN r.grade = 'none' THEN 'practice without support'
         WHEN h.day > r.next_on THEN 'practice out of review' ELSE '' END AS why
  FROM held h
  LEFT JOIN LATERAL (SELECT x.id, x.grade, x.next_on FROM curriculum_practicereview x
    WHERE x.practice = h.practice AND x.looked_on <= h.day
    ORDER BY x.looked_on DESC, x.id DESC LIMIT 1) AS r ON true
)
"""
_HOURS = """
SELECT client_id, why = '', round(sum(minutes) / 60.0, 1) || ' h' || CASE WHEN why = '' THEN ''
    ELSE ': ' || why END,
  sum(CASE WHEN why = '' THEN minutes ELSE 0 END) / 60.0 AS value, sum(minutes) / 60.0 AS due
FROM judged GROUP BY client_id, why ORDER BY client_id, why
"""
_NOT_SAID = """
SELECT client_id, why = 'practice not said yet', round(sum(minutes) / 60.0, 1) || ' h',
  sum(CASE WHEN why = 'practice not said yet' THEN minutes ELSE 0 END) / 60.0 AS value,
  sum(minutes) / 60.0 AS due
FROM judged GROUP BY client_id, why ORDER BY client_id, why
"""
_IN_REVIEW = """
SELECT 0, coalesce(r.grade <> 'none' AND r.next_on >= [[%(now)s]], false),
  u.practice || CASE WHEN r.id IS NULL THEN ': nobody here has looked at it'
    ELSE ': next look ' || r.next_on END
FROM (SELECT DISTINCT n.practice FROM schedule_series s
  JOIN LATERAL (SELECT p.practice FROM schedule_seriespractice p
    WHERE p.series_id = s.id AND p.from_day <= [[%(now)s]] ORDER BY p.from_day DESC LIMIT 1) AS n ON true
  WHERE n.practice <> '' AND (s.last_day IS NULL OR s.last_day >= [[%(now)s]])) AS u
LEFT JOIN LATERAL (SELECT x.id, x.grade, x.next_on FROM curriculum_practicereview x
  WHERE x.practice = u.practice AND x.looked_on <= [[%(now)s]]
  ORDER BY x.looked_on DESC, x.id DESC LIMIT 1) AS r ON true
ORDER BY u.practice
"""
# Each practice on which a group stands now, and its last session that an observer looked at
_CHECKED = """
SELECT 0, coalesce(c.day >= [[%(now)s]] - 30, false),
  u.practice || CASE WHEN c.day IS NULL THEN ': never checked' ELSE ': last on ' || c.day END
FROM (SELECT DISTINCT n.practice FROM schedule_series s
  JOIN LATERAL (SELECT p.practice FROM schedule_seriespractice p
    WHERE p.series_id = s.id AND p.from_day <= [[%(now)s]] ORDER BY p.from_day DESC LIMIT 1) AS n ON true
  WHERE n.practice <> '' AND (s.last_day IS NULL OR s.last_day >= [[%(now)s]])) AS u
LEFT JOIN LATERAL (SELECT o.day FROM schedule_fidelitydraw d
  JOIN schedule_fidelityrating r ON r.draw_id = d.id AND r.as_observer AND r.rated_at <= %(now)s
  JOIN schedule_occurrence o ON o.id = d.occurrence_id WHERE d.practice = u.practice
  ORDER BY o.day DESC LIMIT 1) AS c ON true
ORDER BY u.practice
"""
_FAITHFUL = """
SELECT 0, cardinality(r.seen) >= 0.8 * r.items, d.practice || ' on ' || o.day || ': '
    || cardinality(r.seen) || ' of ' || r.items, cardinality(r.seen)::float AS value, r.items::float AS due
FROM schedule_fidelityrating r JOIN schedule_fidelitydraw d ON d.id = r.draw_id
JOIN schedule_occurrence o ON o.id = d.occurrence_id
WHERE r.as_observer AND o.day BETWEEN %(first)s AND %(last)s ORDER BY o.day, d.id
"""
# Both looked at the same list: alike when they differ by a tenth of it at most
_BOTH = """
SELECT 0, abs(cardinality(a.seen)::float / a.items - cardinality(b.seen)::float / b.items) <= 0.1,
  d.practice || ' on ' || o.day || ': observer ' || cardinality(a.seen) || ', leader '
    || cardinality(b.seen) || ' of ' || a.items
FROM schedule_fidelitydraw d JOIN schedule_occurrence o ON o.id = d.occurrence_id
JOIN schedule_fidelityrating a ON a.draw_id = d.id AND a.as_observer
JOIN schedule_fidelityrating b ON b.draw_id = d.id AND NOT b.as_observer
WHERE o.day BETWEEN %(first)s AND %(last)s ORDER BY o.day, d.id
"""

P13 = Kept(
    id="P13",
    title="It uses what works",
    text="Each session is tied to a practice with its evidence, delivered as designed.",
    upheld_by=("care.schedule.commands_practice.name_practice", "care.curriculum.commands.review_practice"),
    measures=(
        Measure(
            id="P13",
            question="Are contact hours spent on what works?",
            case="contact hours of a client, by what their sessions stood on",
            counts="in a session tied to a practice with support, whose evidence somebody here had looked "
                   "at, and whose next look was not past, on that day; not said yet counts against",
            target=0.85,
            source="own",
            remedy="Practice library",
            gaming="labelling",
            companion="an observer's score against one's own, session and rater drawn by the system",
            how=How.RATIO,
            version=2,
            read=cases(_JUDGED, _HOURS),
        ),
        Measure(
            id="P13-checked", question="Was each practice checked for fidelity in the last 30 days?",
            case="a practice on which a group stands now",
            counts="an observer looked at a session of it in the last 30 days",
            target=1.0, source="mission", remedy="Delivered as designed", is_state=True,
            gaming="labelling", companion="the program draws session and observer", read=cases(_CHECKED),
        ),
        Measure(
            id="P13-fidelity", question="How faithfully are practices delivered?",
            case="a session that an observer looked at", counts="items seen of items on the practice's list",
            target=0.8, source="own", remedy="Supervision", how=How.RATIO, gaming="labelling",
            companion="an observer's score against one's own", read=cases(_FAITHFUL),
        ),
    ),
    companions=(
        Measure(
            id="P13-not-said", question="For how many hours did nobody say what they stand on?",
            case="contact hours of a client", counts="the session's practice is not said yet",
            how=How.RATIO, higher_is_better=False, read=cases(_JUDGED, _NOT_SAID),
        ),
        Measure(
            id="P13-review", question="Are the practices in use in review?",
            case="a practice on which a group stands now", counts="support, and the next look is not past",
            is_state=True, read=cases(_IN_REVIEW),
        ),
        Measure(
            id="P13-observer", question="Does an observer see what the leader says?",
            case="a session at which both looked",
            counts="their shares of the list differ by a tenth at most", read=cases(_BOTH),
        ),
    ),
)
