"""Reading who waits, since when and for what."""

from collections.abc import Iterable
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.intake import rules
from daybridge.care.intake.models import ContactLog, Hurdle, Inquiry, InterimHelp, SafetyAnswers
from daybridge.care.intake.queries_slots import bookings_of, staff_line
from daybridge.care.intake.rows import (
    BookingRow,
    ClockRow,
    EndedRow,
    EntryRow,
    HurdleRow,
    InquiryRow,
    WaitingRow,
)
from daybridge.care.intake.steps import Where, median, next_step
from daybridge.clinic.people.queries import names, staff_by_user

LIVE = ("open", "evaluated")
MOST = 2000
ENDED_SHOWN = 200


@query(Can.SEE_INQUIRIES)
def waiting_list(viewer: Actor, /, *, at: datetime) -> list[WaitingRow]:
    """Return everybody who waits: danger, pregnancy and injecting, then the longest wait."""
    rows = list(Inquiry.objects.filter(state__in=LIVE).select_related("safety")
                .order_by("first_contact_at", "pk")[:MOST])
    clients = {row.client_id for row in rows}
    known = names(viewer, of=clients)
    hurdles = _hurdles(viewer, [row.pk for row in rows], open_only=True)
    helped = _last_help([row.pk for row in rows])
    booked = bookings_of(viewer, client_ids=sorted(clients)) if clients else {}
    found = [
        (rules.place(_answers(row.safety), row.first_contact_at, row.pk),
         _waiting(row, known, hurdles, helped, booked, at))
        for row in rows if row.client_id in known
    ]
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _waiting(
    row: Inquiry, known: dict[int, str], hurdles: dict[int, list[HurdleRow]],
    helped: dict[int, datetime], booked: dict[int, BookingRow], at: datetime,
) -> WaitingRow:
    answers = _answers(row.safety)
    own = tuple(hurdles.get(row.pk, ()))
    booking = booked.get(row.client_id)
    due = rules.interim_help_due(row.first_contact_at, helped.get(row.pk))
    unasked = len(rules.unasked(answers))
    danger = rules.priority(answers) is rules.Priority.DANGER
    step = next_step(
        Where(row.state, unasked, booking.state if booking else "", len(own), danger))
    days, _ = rules.days_between(row.first_contact_at, None, at)
    return WaitingRow(
        inquiry_id=row.pk, client_id=row.client_id, name=known[row.client_id],
        priority=rules.priority(answers), state=row.state,
        first_contact_at=row.first_contact_at, days=days, unasked=unasked, next_step=step,
        booking=booking, hurdles=own, help_due_at=due, help_overdue=at > due,
    )


@query(Can.SEE_INQUIRIES)
def inquiry(viewer: Actor, /, *, client_id: int, inquiry_id: int, at: datetime) -> InquiryRow:
    """Return everything about one inquiry."""
    row = Inquiry.objects.select_related("safety").get(pk=inquiry_id, client_id=client_id)
    safety = row.safety
    answers = _answers(safety)
    helped = list(InterimHelp.objects.filter(inquiry=row).order_by("at", "pk"))
    due = rules.interim_help_due(row.first_contact_at, helped[-1].at if helped else None)
    people = staff_by_user(viewer, user_ids={row.reviewer_id} if row.reviewer_id else set())
    reviewer = people[row.reviewer_id].line if row.reviewer_id in people else ""
    return InquiryRow(
        inquiry_id=row.pk, client_id=client_id, state=row.state, came_by=row.came_by,
        asked_by=row.asked_by, asker_name=row.asker_name, asker_relation=row.asker_relation,
        asker_phone=row.asker_phone, reason=row.reason, language=row.language,
        first_contact_at=row.first_contact_at, contacts=row.contacts, questions=row.questions,
        answers=answers, priority=rules.priority(answers),
        last_use={key: getattr(safety, f"last_{key}") for key in ("alcohol", "sedative", "opioid")},
        hurdles=tuple(_hurdles(viewer, [row.pk], open_only=False).get(row.pk, ())),
        story=_story(row, helped),
        booking=bookings_of(viewer, client_ids=[client_id]).get(client_id),
        help_due_at=due, help_overdue=row.state in LIVE and at > due,
        closed_at=row.closed_at, closed_reason=row.closed_reason,
        alternative=row.alternative, reviewer=reviewer,
    )


@query(Can.SEE_INQUIRIES)
def client_of(viewer: Actor, /, *, inquiry_id: int) -> int:
    """Return whose inquiry this is (DoesNotExist for those who may not see it)."""
    return int(Inquiry.objects.values_list("client_id", flat=True).get(pk=inquiry_id))


@query(Can.SEE_INQUIRIES)
def newest_inquiry_of(viewer: Actor, /, *, client_id: int) -> int | None:
    """Return the client's newest inquiry, or None."""
    return Inquiry.objects.filter(client_id=client_id).order_by(
        "-first_contact_at", "-pk").values_list("pk", flat=True).first()


@query(Can.SEE_INQUIRIES)
def clocks(viewer: Actor, /, *, since: datetime) -> list[ClockRow]:
    """Return the clocks of every inquiry since a moment, also of those given up."""
    rows = Inquiry.objects.filter(first_contact_at__gte=since).order_by("first_contact_at", "pk")
    return [ClockRow(row.pk, row.first_contact_at, row.evaluated_at, row.admitted_at, row.state)
            for row in rows[:MOST]]


@query(Can.SEE_INQUIRIES)
def median_days_to_evaluation(viewer: Actor, /, *, since: datetime) -> float | None:
    """Return the median of days from the first contact to the evaluation, of those reached."""
    return median([
        (row.evaluated_at - row.first_contact_at).total_seconds() / 86400
        for row in clocks(viewer, since=since) if row.evaluated_at
    ])


@query(Can.SEE_INQUIRIES)
def not_admitted(viewer: Actor, /, *, since: datetime) -> list[EndedRow]:
    """Return who was not admitted since a moment, newest first."""
    rows = list(Inquiry.objects.filter(state="closed", closed_at__gte=since)
                .order_by("-closed_at", "-pk")[:ENDED_SHOWN])
    known = names(viewer, of={row.client_id for row in rows})
    people = staff_by_user(viewer, user_ids={row.reviewer_id for row in rows if row.reviewer_id})
    return [
        EndedRow(row.pk, row.client_id, known[row.client_id], row.closed_at,
                 row.closed_reason, row.alternative, staff_line(people, row.reviewer_id))
        for row in rows if row.client_id in known and row.closed_at
    ]


@query(Can.SEE_INQUIRIES)
def seizure_answer(viewer: Actor, /, *, client_id: int) -> tuple[str, datetime | None]:
    """Return whether a client ever had a seizure or delirium when stopping, as last said, and when."""
    row = SafetyAnswers.objects.filter(client_id=client_id).order_by("-asked_at", "-pk").first()
    return (row.get_seizure_display(), row.asked_at) if row else ("not asked yet", None)


def _answers(safety: SafetyAnswers) -> dict[rules.Question, rules.Answer]:
    return {question: rules.Answer(getattr(safety, question.value)) for question in rules.Question}


def _hurdles(
    viewer: Actor, inquiries: Iterable[int], *, open_only: bool
) -> dict[int, list[HurdleRow]]:
    rows = Hurdle.objects.filter(inquiry_id__in=inquiries).order_by("due_at", "pk")
    if open_only:
        rows = rows.filter(answered_at=None)
    listed = list(rows)
    people = staff_by_user(viewer, user_ids={row.owner_id for row in listed}) if listed else {}
    found: dict[int, list[HurdleRow]] = {}
    for row in listed:
        found.setdefault(row.inquiry_id, []).append(
            HurdleRow(row.pk, row.what, staff_line(people, row.owner_id), row.named_at, row.due_at,
                      row.answered_at, row.how))
    return found


def _last_help(inquiries: Iterable[int]) -> dict[int, datetime]:
    rows = InterimHelp.objects.filter(inquiry_id__in=inquiries).order_by("at", "pk")
    return dict(rows.values_list("inquiry_id", "at"))


def _story(row: Inquiry, helped: list[InterimHelp]) -> tuple[EntryRow, ...]:
    how = dict(Inquiry.CAME_BY)
    contacts = ContactLog.objects.filter(inquiry=row).order_by("at", "pk")
    entries = [EntryRow(c.at, how[c.how] if c.reached else f"{how[c.how]}, not reached", c.words)
               for c in contacts]
    entries += [EntryRow(h.at, "help while waiting", h.what) for h in helped]
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))
