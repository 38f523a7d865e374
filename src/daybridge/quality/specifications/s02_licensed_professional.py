"""A licensed professional in charge."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, EXISTS (
  SELECT FROM placement_incharge c JOIN people_licence l ON l.staff_id = c.staff_id
  WHERE c.stay_id = s.id AND c.until_at IS NULL AND l.may_be_in_charge
  AND %(now)s::date BETWEEN l.valid_from AND l.valid_until), ''
FROM placement_stay s WHERE s.ended_at IS NULL
"""

S2 = Kept(
    id="S2",
    title="A licensed professional in charge",
    text="Somebody with a valid licence answers for every client, every day.",
    upheld_by=("care.placement.commands.take_over_lapsing",),
    measures=(
        Measure(
            id="S2",
            question="Does a licensed professional answer for everybody, today?",
            case="an open stay",
            counts="somebody in charge whose licence is valid today",
            excludes="",
            target=1.0,
            source="joint policy statement",
            remedy="Hand over",
            gaming="one name for everybody",
            companion="clients per professional",
            zero_tolerance=True,
            read=cases(_SQL),
        ),
    ),
)
