"""Medical treatment when it is indicated."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.principles import p10_facts as facts
from daybridge.quality.reading import cases

P10 = Kept(
    id="P10",
    title="Medical treatment when it is indicated",
    text="Medicines for addiction are offered to everyone they could help.",
    upheld_by=("care.medical.commands_offers.offer", "care.medical.commands_checks.answer_warning"),
    measures=(
        Measure(
            id="P10",
            question="Is medicine offered to everyone it could help?",
            case="an admission with moderate or severe opioid or alcohol use disorder",
            counts="medicine offered for each of these disorders within 7 days of admission",
            excludes="imported stays",
            target=0.95,
            source="own",
            remedy="Medicine: offers due",
            gaming="declined",
            companion="asked again within 30 days (P10-again)",
            version=2,
            read=cases(facts.OFFERED),
        ),
        Measure(
            id="P10-begun",
            question="Does who wants medicine get it soon?",
            case="a client who said that they want medicine, 14 days ago or longer",
            counts="begun within 14 days, here or with a partner",
            excludes="clients who changed their mind within these days",
            target=0.8,
            source="own",
            remedy="Prescribe or refer",
            read=cases(facts.BEGUN),
        ),
        Measure(
            id="P10-told",
            question="Is the outside prescriber told?",
            case="an outside prescriber whom the client lets us tell, for 14 days or longer",
            counts="told within 14 days of the consent",
            excludes="consent declined, or not asked yet",
            target=0.9,
            source="own",
            remedy="Medical: outside prescribers",
            read=cases(facts.TOLD),
        ),
    ),
    companions=(
        Measure(
            id="P10-again", question="Is who said no, or not now, asked again?",
            case="an offer answered no or not now, 30 days ago or longer",
            counts="asked again within 30 days", excludes="clients who were no longer in care by then",
            read=cases(facts.AGAIN),
        ),
        Measure(
            id="P10-180", question="Does medicine for opioid use disorder go on?",
            case="medicine for opioid use disorder begun 180 days ago or longer",
            counts="on the list for 180 days without a gap of more than 7 days",
            source="as in HEDIS POD (NCQA)", days=365, read=cases(facts.CONTINUED),
        ),
    ),
)
