"""Letters: chosen for a consent, filled from the record, read by a clinician, then released."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.policy import DataClass
from daybridge.care.assessment.queries import reasons_of
from daybridge.care.hours.queries import presence_between
from daybridge.care.placement.queries import stay_of
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.schedule.queries import seats, zone
from daybridge.clinic.people.queries import identity_of, name_of, staff_by_user
from daybridge.clinic.programme.queries import house
from daybridge.documents import letters as templates
from daybridge.documents import notice, queries, wording
from daybridge.documents.commands import NoConsent, release
from daybridge.documents.pdf import render as render_pdf
from daybridge.documents.rules import Recipient
from daybridge.documents.views import as_file

COUNTED_DAYS = 30
AHEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it would leave: its words, its data for the PDF, the print of the words."""

    consent: queries.ConsentRow
    filled: templates.Filled
    data: dict[str, object]
    digest: str


@page(Can.WRITE_LETTER)
def letters(request: ActorRequest, client_id: int, consent_id: int) -> HttpResponse:
    """Choose a letter that fits the recipient of a consent."""
    row = _consent(request, client_id, consent_id)
    fitting = [one for one in templates.letters().values() if row.terms.kind in one.kinds]
    context = {
        "client": name_of(request.actor, client_id=client_id), "row": row, "letters": fitting,
        "state": row.state(clock.now()),
        "what": [wording.class_words(data, "en") for data in sorted(row.terms.classes)],
    }
    return render(request, "pages/documents/letters.html", context)


@page(Can.WRITE_LETTER)
def letter(request: ActorRequest, client_id: int, consent_id: int, number: int) -> HttpResponse:
    """Show the letter as text with its gaps; after it was read, release it."""
    row = _consent(request, client_id, consent_id)
    language = "es" if (request.POST or request.GET).get("language") == "es" else "en"
    written = _write(request.actor, client_id, row, number, language, clock.now())
    error = ""
    if request.method == "POST":
        try:
            return _send(request, client_id, written, language)
        except NoConsent as refused:
            error = str(refused)
        except _NotRead as refused:
            error = str(refused)
    context = {
        "client": name_of(request.actor, client_id=client_id), "row": row, "written": written,
        "letter": templates.letters()[number], "language": language, "error": error,
        "notice": written.data["notice"],
    }
    return render(request, "pages/documents/letter.html", context, status=422 if error else 200)


@page(Can.WRITE_LETTER)
def draft(request: ActorRequest, client_id: int, consent_id: int, number: int) -> HttpResponse:
    """Give the clinician the letter as it would look, marked as a draft."""
    language = "es" if request.GET.get("language") == "es" else "en"
    row = _consent(request, client_id, consent_id)
    written = _write(request.actor, client_id, row, number, language, clock.now())
    content = render_pdf(templates.TYPST, {**written.data, "draft": True})
    return as_file(content, "application/pdf", "draft.pdf")


class _NotRead(ValueError):
    """The clinician has not read what would leave now."""


def _send(
    request: ActorRequest, client_id: int, written: Written, language: str
) -> HttpResponse:
    terms = written.consent.terms
    if request.POST.get("digest") != written.digest:
        raise _NotRead("The record has changed since you read it. Read it again, then send it.")
    if not request.POST.get("read"):
        raise _NotRead("Tick that you have read it: a clinician reads every letter before it goes.")
    released = release(
        request.actor, client_id=client_id, purpose=terms.purpose, classes=written.filled.classes,
        recipient=Recipient(terms.recipient, written.consent.address, terms.kind),
        title=written.filled.title, language=language, at=clock.now(),
        make=lambda words: render_pdf(templates.TYPST, {**written.data, "notice": words}),
    )
    return as_file(released.content, "application/pdf", f"letter-{released.disclosure_id}.pdf")


def _consent(request: ActorRequest, client_id: int, consent_id: int) -> queries.ConsentRow:
    for row in queries.consents_of(request.actor, client_id=client_id):
        if row.consent_id == consent_id:
            return row
    raise Http404


def _write(
    viewer: Actor, client_id: int, row: queries.ConsentRow, number: int, language: str, at: datetime
) -> Written:
    one = templates.letters().get(number)
    if one is None:
        raise Http404
    allowed = row.terms.classes
    wanted = templates.classes_of(one) & (allowed | {DataClass.NAME})
    filled = templates.fill(one, _values(viewer, client_id, wanted, at, language), allowed, language)
    found = house(viewer)
    person = staff_by_user(viewer, user_ids={viewer.user_id or 0}).get(viewer.user_id or 0)
    scope = wording.scope_words(
        [DataClass.NAME, *allowed], row.recipient, row.terms.purpose,
        wording.ends_words(row.expires_on, row.expiry_event, language), language)
    data: dict[str, object] = {
        "language": language, "draft": False, "title": filled.title, "paragraphs": filled.paragraphs,
        "house": found.name if found else "", "house_address": found.address if found else "",
        "phone": found.phone if found else "", "to": row.recipient, "to_address": row.address,
        "day": wording.long_day(at.astimezone(zone(viewer)).date(), language),
        "signer": person.name if person else viewer.name,
        "signer_line": ", ".join(word for word in (person.credential, person.job) if word) if person else "",
        "notice": notice.text(language, scope),
    }
    print_of = "\n".join([filled.title, *filled.paragraphs, row.recipient, row.address, language])
    return Written(row, filled, data, hashlib.sha256(print_of.encode()).hexdigest())


def _values(
    viewer: Actor, client_id: int, wanted: frozenset[DataClass], at: datetime, language: str
) -> dict[str, str]:
    """Gather what the letter may say, by the viewer's own rights."""
    values = {"name": name_of(viewer, client_id=client_id).name}
    gather = {
        DataClass.IDENTITY: (Can.SEE_IDENTITY, _identity), DataClass.STAY: (Can.SEE_STAY, _stay),
        DataClass.ATTENDANCE: (Can.SEE_ATTENDANCE, _attendance),
        DataClass.SCHEDULE: (Can.SEE_SCHEDULE, _schedule), DataClass.PLAN: (Can.SEE_PLAN, _plan),
        DataClass.ASSESSMENT: (Can.SEE_ASSESSMENT, _reasons),
    }
    for data, (can, load) in gather.items():
        if data in wanted and may(viewer, can, client_id=client_id):
            values |= load(viewer, client_id, at, language)
    return values


def _identity(viewer: Actor, client_id: int, _at: datetime, language: str) -> dict[str, str]:
    found = identity_of(viewer, client_id=client_id)
    born = wording.long_day(found.birth_date, language) if found.birth_date else ""
    return {"legal_name": found.legal_name, "born": born}


def _stay(viewer: Actor, client_id: int, _at: datetime, language: str) -> dict[str, str]:
    stay = stay_of(viewer, client_id=client_id)
    if stay is None:
        return {}
    where = zone(viewer)
    ended = wording.long_day(stay.ended_at.astimezone(where).date(), language) if stay.ended_at else ""
    return {"admitted": wording.long_day(stay.admitted_at.astimezone(where).date(), language),
            "level": "" if stay.ended_at else stay.level.upper(), "ended": ended}


def _attendance(viewer: Actor, client_id: int, at: datetime, language: str) -> dict[str, str]:
    last = at.astimezone(zone(viewer)).date()
    first = last - timedelta(days=COUNTED_DAYS)
    rows = presence_between(viewer, first=first, last=last, of={client_id})
    if not rows:
        return {}
    came = [row for row in rows if row.present_from is not None]
    hours = sum(row.clinical_minutes for row in came) / 60
    return {"first": wording.long_day(first, language), "last": wording.long_day(last, language),
            "came": str(len(came)), "planned": str(len(rows)), "hours": f"{hours:.1f}"}


def _schedule(viewer: Actor, client_id: int, at: datetime, language: str) -> dict[str, str]:
    where = zone(viewer)
    today = at.astimezone(where).date()
    rows = seats(viewer, first=today, last=today + timedelta(days=AHEAD_DAYS), of={client_id})
    times = [(row.starts_at.astimezone(where), row.ends_at.astimezone(where))
             for row in rows if row.ends_at > at]
    to = "a" if language == "es" else "to"
    return {"times": "; ".join(
        f"{wording.long_day(start.date(), language)}, {start:%H:%M} {to} {end:%H:%M}"
        for start, end in times)}


def _plan(viewer: Actor, client_id: int, _at: datetime, _language: str) -> dict[str, str]:
    plan = plan_in_force(viewer, client_id=client_id)
    goals = [problem.goal.rstrip(".") for problem in plan.problems if problem.goal] if plan else []
    return {"goals": "; ".join(goals)}


def _reasons(viewer: Actor, client_id: int, _at: datetime, _language: str) -> dict[str, str]:
    rows = reasons_of(viewer, client_id=client_id)[:1]
    return {"reasons": rows[0].words if rows else ""}
