"""Reading clients' requests and their clocks."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.documents import rules_requests as rules
from daybridge.documents.models import Request, RequestAnswer, RequestExtension

MOST = 200


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request with its extension and answer."""

    request_id: int
    client_id: int
    kind: rules.RequestKind
    words: str
    party: str
    received_on: date
    due_on: date
    extension: str
    outcome: str
    ground: str
    answer: str
    answered_at: datetime | None
    answered_by: int | None

    @property
    def title(self) -> str:
        """Return what is asked for, to staff."""
        return rules.KIND_WORDS[self.kind]

    @property
    def ground_words(self) -> str:
        """Return the ground of a refusal."""
        return rules.GROUNDS[self.kind].get(self.ground, "")

    @property
    def grounds(self) -> dict[str, str]:
        """Return the grounds on which this one may be refused."""
        return rules.GROUNDS[self.kind]

    def state(self, today: date) -> rules.State:
        """Return how it stands."""
        return rules.state(self.due_on, today, answered=self.answered_at is not None)


@query(Can.SEE_REQUESTS)
def requests_of(viewer: Actor, /, *, client_id: int) -> list[RequestRow]:
    """Return what a client has asked, newest first."""
    rows = Request.objects.filter(client_id=client_id).order_by("-received_on", "-pk")[:MOST]
    return _rows(list(rows))


@query(Can.SEE_REQUESTS)
def open_requests(viewer: Actor, /) -> list[RequestRow]:
    """Return every request without an answer, the one due first first."""
    rows = _rows(list(Request.objects.filter(answer=None).order_by("due_on", "pk")[:MOST]))
    return sorted(rows, key=lambda row: (row.due_on, row.request_id))


def _rows(rows: list[Request]) -> list[RequestRow]:
    ids = [row.pk for row in rows]
    later = {one.request_id: one for one in RequestExtension.objects.filter(request__in=ids)}
    answers = {one.request_id: one for one in RequestAnswer.objects.filter(request__in=ids)}
    return [_row(row, later.get(row.pk), answers.get(row.pk)) for row in rows]


def _row(row: Request, later: RequestExtension | None, answer: RequestAnswer | None) -> RequestRow:
    return RequestRow(
        row.pk, row.client_id, rules.RequestKind(row.kind), row.words, row.party, row.received_on,
        later.due_on if later else row.due_on, later.words if later else "",
        answer.outcome if answer else "", answer.ground if answer else "",
        answer.words if answer else "", answer.at if answer else None,
        answer.by_id if answer else None,
    )
