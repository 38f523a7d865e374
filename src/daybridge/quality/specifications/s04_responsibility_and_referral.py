"""Every need has an answer."""

from daybridge.quality.measure import Kept, Measure

S4 = Kept(
    id="S4",
    title="Every need has an answer",
    text="Treated here, referred, deferred with a reason, or declined by the client.",
    upheld_by=(),
    measures=(
        Measure(
            id="S4",
            question="Does every need have an answer?",
            case="a need found",
            counts="a current answer within 14 days",
            excludes="",
            target=0.95,
            source="own",
            remedy="Referral desk",
            gaming="declined by client",
            companion="its share",
            missing="Referrals and how they ended",
        ),
    ),
)
