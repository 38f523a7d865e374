"""It is easy to get in."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.principles.p02_facts import (
    ASKED_OF,
    CONTACTS,
    HURDLES,
    LOST,
    MINUTES,
    NOT_ADMITTED,
    OFFERED,
    SHOWED,
)
from daybridge.quality.reading import cases

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
            target=0.9,
            source="own",
            remedy="Open more evaluation times",
            gaming="hurdles not named",
            companion="inquiries lost with no hurdle named",
            read=cases(OFFERED),
        ),
        Measure(
            id="P02-contacts", question="How many contacts from the inquiry to admission?",
            case="an admission", counts="3 contacts or fewer",
            excludes="imported, or admitted without an inquiry on record",
            target=3, source="own", unit="contacts", how=How.MEDIAN, higher_is_better=False,
            remedy="Settle more in one contact", read=cases(CONTACTS),
        ),
        Measure(
            id="P02-questions", question="How many questions before an evaluation is booked?",
            case="an inquiry", counts="12 questions or fewer; no document is asked for",
            target=12, source="own", unit="questions", how=How.MEDIAN, higher_is_better=False,
            remedy="Ask less at the first contact", read=cases(ASKED_OF),
        ),
        Measure(
            id="P02-minutes", question="How many minutes does an evaluation take?",
            case="a signed evaluation", counts="90 minutes or fewer",
            excludes="held in several sittings: their minutes are not recorded",
            target=90, source="own", unit="minutes", how=How.MEDIAN, higher_is_better=False,
            remedy="Split it", read=cases(MINUTES),
        ),
        Measure(
            id="P02-hurdles", question="Was each hurdle answered within 2 working days?",
            case="a hurdle named", counts="answered within 2 working days",
            excludes="its 2 working days are not over",
            target=0.9, source="own", remedy="Hurdle list", read=cases(HURDLES),
        ),
        Measure(
            id="P02-no-show", question="How many evaluations did the person not come to?",
            case="a booked evaluation whose time is over",
            counts="missed, or nobody wrote down that they came", excludes="cancelled before",
            target=0.2, source="NIATx", higher_is_better=False,
            remedy="Sooner times, a reminder, a ride", read=cases(SHOWED),
        ),
        Measure(
            id="P02-reasons",
            question="Has everyone not admitted a reason, an alternative and a reviewer?",
            case="an inquiry closed without admission", counts="all three are recorded",
            target=1.0, source="mission", remedy="Write it down", read=cases(NOT_ADMITTED),
        ),
        Measure(
            id="P02-twice", question="Was anything asked twice?", case="a question", counts="asked once",
            target=0, source="own", missing="Which answer was asked for again",
        ),
    ),
    companions=(
        Measure(
            id="P02-lost", question="How many inquiries were lost with no hurdle named?",
            case="an inquiry closed without admission", counts="no hurdle was named",
            higher_is_better=False, read=cases(LOST),
        ),
    ),
)
