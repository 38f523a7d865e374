"""It teaches."""

from datetime import timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import require
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.curriculum.queries_reviews import lesson_dates
from daybridge.quality.measure import Case, How, Kept, Measure, Reading, Window
from daybridge.quality.reading import cases

YEAR = timedelta(days=365)

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

# Clients who joined in the same week of a cycle (own: eight weeks, as long as a part) by what they met
_BY_WEEK = """
, joined AS (
  SELECT mod((d.first - date '1996-01-01') / 7, 8) AS week, count(*) AS clients,
    avg(coalesce(k.lessons, 0) / 00.0) AS share
  FROM due d LEFT JOIN known k ON k.client_id = d.client_id GROUP BY 1
)
SELECT 0, share >= max(share) OVER () - 0.1, 'joined in week ' || week + 1 || ' of 8: ' || clients
  || ' clients, ' || round(share * 00) || ' of 00 lessons'
FROM joined ORDER BY week
""".replace("00", str(max(1, len(curriculum().lessons))))

# The newest answers to each lesson's three questions
_UNDERSTOOD = """
SELECT client_id, right_ >= 2, right_ || ' of 3 answers', right_::float AS value, 3::float AS due
FROM (SELECT DISTINCT ON (c.client_id, c.lesson) c.client_id, c.lesson, c."right" AS right_
  FROM curriculum_lessoncheck c WHERE [[c.answered_at]] BETWEEN %(first)s AND %(last)s
  ORDER BY c.client_id, c.lesson, c.answered_at DESC) AS newest ORDER BY client_id, lesson
"""


def latest(viewer: Actor, window: Window) -> Reading:
    """Return the lessons; counted: its sources were read within a year and its next look is not past."""
    require(viewer, Can.SEE_QUALITY)
    day, dates = window.now.date(), lesson_dates(viewer)
    return Reading(tuple(
        Case(0, day - found.read_on <= YEAR and not found.is_out_of_date(day),
             f"{one.title}: sources read {found.read_on:%d %b %Y}, next look by {found.review_by:%d %b %Y}"
             + ("" if one.verified or found.by_us else "; nobody here has looked at it yet"))
        for one in curriculum().lessons.values() for found in [dates[one.slug]]))


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
        Measure(
            id="P11-weeks", question="Does it matter in which week a client joined?",
            case="a week of the eight-week cycle in which clients joined whose day 60 falls into the window",
            counts="their mean share of the lessons is within 10 points of the best week's",
            target=1.0, source="mission", remedy="Coverage", gaming="teaching to those who joined first",
            companion="lessons each week's clients met", read=cases(_COVERED, _BY_WEEK),
        ),
        Measure(
            id="P11-latest", question="Is what is taught the latest?",
            case="a lesson of the curriculum",
            counts="its sources were read in the last 12 months and its next look is not past",
            target=1.0, source="mission", remedy="Curriculum", is_state=True, gaming="a date without a look",
            companion="who has looked at it", version=2, read=latest,
        ),
    ),
    companions=(
        Measure(
            id="P11-understood", question="How much of a lesson stays?",
            case="a client's newest answers to a lesson's three questions", counts="right answers of three",
            how=How.RATIO, read=cases(_UNDERSTOOD),
        ),
    ),
)
