"""It teaches."""

from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.reading import cases

# Each client whose day 60 falls into the window: lessons in whose session they were for two thirds
_COVERED = """
WITH due AS (
  SELECT client_id, [[admitted_at]] AS first, [[admitted_at]] + 60 AS day60 FROM placement_stay
  WHERE [[admitted_at]] + 60 BETWEEN %(first)s AND %(last)s
    AND (ended_at IS NULL OR [[ended_at]] >= [[admitted_at]] + 60)
), known AS (
  SELECT d.client_id, count(DISTINCT l.lesson) AS lessons
  FROM due d JOIN hours_attendance a ON a.client_id = d.client_id AND a.day BETWEEN d.first AND d.day60
  JOIN schedule_occurrence o ON o.id = a.occurrence_id
  JOIN schedule_sessionlesson l ON l.occurrence_id = o.id
  WHERE a.clinical_minutes * 3 >= 2 * extract(epoch FROM o.ends_at - o.starts_at) / 60
  GROUP BY d.client_id
)
"""


_SHARES = """
SELECT d.client_id, coalesce(k.lessons, 0) >= 0.7 * 00, coalesce(k.lessons, 0) || ' of 00 lessons',
  coalesce(k.lessons, 0)::float AS value, 00::float AS due
FROM due d LEFT JOIN known k ON k.client_id = d.client_id ORDER BY d.client_id
""".replace("00", str(max(1, len(curriculum().lessons))))

P11 = Kept(
    id="P11",
    title="It teaches",
    text="A curriculum of use, recovery and return to use, covered whenever a client joined.",
    upheld_by=("care.schedule.commands_lessons.say_lesson",),
    measures=(
        Measure(
            id="P11",
            question="Does each client meet the whole curriculum?",
            case="a client whose day 60 of the stay falls into the window, by the curriculum's lessons",
            counts="there for two thirds of a session that taught the lesson, by day 60",
            excludes="",
            target=0.7,
            source="own",
            remedy="Coverage",
            gaming="presence counted as coverage",
            companion="minutes present of each lesson",
            how=How.RATIO,
            version=2,
            read=cases(_COVERED, _SHARES),
        ),
    ),
)
