"""It is easy to get in."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT i.client_id, i.offered_in_contact IS NOT NULL, '' FROM intake_inquiry i
WHERE i.first_contact_at::date BETWEEN %(first)s AND %(last)s
"""

P02 = Kept(
    id="P02",
    title="It is easy to get in",
    text="One short inquiry, hurdles named and removed, the next free evaluation offered on the spot.",
    upheld_by=("care.intake.commands.name_hurdle",),
    measures=(
        Measure(
            id="P02",
            question="Was an evaluation offered in the very contact?",
            case="an inquiry",
            counts="a free time was there to be offered",
            excludes="",
            target=0.9,
            source="own",
            remedy="Open more evaluation times",
            gaming="hurdles not named",
            companion="inquiries lost with no hurdle named",
            zero_tolerance=False,
            read=cases(_SQL),
        ),
    ),
)
