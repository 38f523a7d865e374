"""What assessment offers to other pages: reasons with the rulers' trend, needs."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.care.assessment.queries import readiness_of, reasons_of
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.assessment.rows import RulerRow

REASONS_TEMPLATE = "assessment/_reasons.html"
NEEDS_TEMPLATE = "assessment/_needs.html"


def reasons_panel(viewer: Actor, *, client_id: int) -> dict[str, object]:
    """Return what `_reasons.html` shows: words and "6, then 7, now 8 of 10"."""
    reasons = reasons_of(viewer, client_id=client_id)
    return {"reasons": reasons, "newest_reason": reasons[0] if reasons else None,
            "trend": _trend(readiness_of(viewer, client_id=client_id))}


def needs_panel(viewer: Actor, *, client_id: int, at: datetime) -> dict[str, object]:
    """Return what `_needs.html` shows: needs, those without a current answer first."""
    needs = needs_of(viewer, client_id=client_id, at=at)
    return {"needs": needs, "needs_open": sum(1 for need in needs if need.is_open)}


def _trend(rows: list[RulerRow]) -> dict[str, object] | None:
    """Return the last three readiness ratings, in words' order, and the newest."""
    if not rows:
        return None
    return {"before": [row.readiness for row in rows[-3:-1]], "now": rows[-1].readiness,
            "at": rows[-1].at, "importance": rows[-1].importance,
            "confidence": rows[-1].confidence}
