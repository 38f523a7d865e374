"""Who falls short is seen in time."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT w.client_id, w.offered_at IS NOT NULL, 'week of ' || w.week FROM hours_shortweek w
WHERE w.week BETWEEN %(first)s AND %(last)s
"""

L4 = Kept(
    id="L4",
    title="Who falls short is seen in time",
    text="A make-up that fits is offered while the hours can still be reached.",
    upheld_by=("care.hours.commands.book_makeup",),
    measures=(
        Measure(
            id="L4",
            question="Was a make-up offered while the week could still be saved?",
            case="a week flagged as short",
            counts="a make-up that fits was offered",
            excludes="",
            target=0.95,
            source="own",
            remedy="Hours board",
            gaming="offering impossible slots",
            companion="share of offers taken",
            zero_tolerance=False,
            read=cases(_SQL),
        ),
    ),
)
