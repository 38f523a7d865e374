"""Treatment is readily available."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT i.client_id, coalesce(first.day <= i.first_contact_at::date + 7, false),
       CASE WHEN first.day IS NULL THEN 'no session yet' ELSE 'first ' || first.day END
FROM intake_inquiry i LEFT JOIN LATERAL (
  SELECT min(a.day) AS day FROM hours_attendance a
  WHERE a.client_id = i.client_id AND a.clinical_minutes > 0) AS first ON true
WHERE i.first_contact_at::date BETWEEN %(first)s AND %(last)s - 7
"""

P01 = Kept(
    id="P01",
    title="Treatment is readily available",
    text="It asks little beyond willingness; not admitted means reason, alternative, reviewer.",
    upheld_by=("care.intake.commands.take_inquiry",),
    measures=(
        Measure(
            id="P01",
            question="How many days from the first contact to the first session after admission?",
            case="somebody who asked for help",
            counts="first formal session within 7 days",
            excludes="asked less than 7 days ago (still open)",
            target=0.8,
            source="own; NIATx 19.6 to 12.4 days",
            remedy="Open seats and times",
            gaming="late logging",
            companion="the clock starts at the first touch",
            zero_tolerance=False,
            read=cases(_SQL),
        ),
    ),
)
