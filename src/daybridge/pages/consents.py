"""Consents of a client, for staff: what may be told to whom, made together and signed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daybridge.access import clock, invitations
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.policy import DataClass
from daybridge.clinic.people.commands_access import invite_supporter
from daybridge.clinic.people.queries import SupporterRow, name_of, profile_of, supporters_of
from daybridge.clinic.programme.queries import house, sites
from daybridge.documents import commands_consent as commands
from daybridge.documents import queries, rules, wording
from daybridge.documents.forms import ConsentForm
from daybridge.documents.rules import Kind, Offer, Purpose
from daybridge.kernel.typed import whole

NEW = "pages/documents/consent_new.html"


def end_of(viewer: Actor, day: date | None) -> datetime | None:
    """Return the moment after a day of the house's clock."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), sites(viewer)[0].zone)


@page(Can.SEE_CONSENTS)
def consents(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the consents of a client; sign, stop, note that the event happened."""
    error = _act(request, client_id) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        return redirect("pages:consents", client_id)
    actor, at = request.actor, clock.now()
    rows = [(row, row.state(at)) for row in queries.consents_of(actor, client_id=client_id)]
    context = {
        "client": name_of(actor, client_id=client_id), "error": error, "sent": request.POST,
        "live": [shown(row, "en") for row, state in rows if state == "live"],
        "offered": [shown(row, "en") for row, state in rows if state == "offered"],
        "ended": [(shown(row, "en"), state) for row, state in rows if state in {"expired", "stopped"}],
        "may_write": may(actor, Can.RECORD_CONSENT, client_id=client_id),
        "may_write_letter": may(actor, Can.WRITE_LETTER, client_id=client_id),
        "sees_ledger": may(actor, Can.SEE_DISCLOSURES, client_id=client_id),
        "sees_requests": may(actor, Can.SEE_REQUESTS, client_id=client_id),
        "supporters": _supporters(actor, client_id),
        "invites": may(actor, Can.EDIT_SUPPORTERS, client_id=client_id),
    }
    return render(request, "pages/documents/consents.html", context, status=422 if error else 200)


def shown(row: queries.ConsentRow, language: str) -> dict[str, object]:
    """Return a consent with its words for a page in this language."""
    return {
        "row": row, "purpose": wording.purpose_words(row.terms.purpose, language),
        "what": [wording.class_words(data, language)
                 for data in (DataClass.NAME, *sorted(row.terms.classes - {DataClass.NAME}))],
        "ends": wording.ends_words(row.expires_on, row.expiry_event, language),
        "to_class": row.terms.kind is Kind.PROVIDERS,
        "letter": row.terms.kind not in {Kind.PROVIDERS, Kind.SUPPORTER},
    }


def _supporters(viewer: Actor, client_id: int) -> list[SupporterRow]:
    if not may(viewer, Can.SEE_SUPPORTERS, client_id=client_id):
        return []
    return supporters_of(viewer, client_id=client_id)


def _act(request: ActorRequest, client_id: int) -> str:
    actor, sent, at = request.actor, request.POST, clock.now()
    ids: dict[str, Any] = {"client_id": client_id, "consent_id": whole(sent.get("consent"))}
    known = {row.consent_id for row in queries.consents_of(actor, client_id=client_id)}
    if ids["consent_id"] not in known:
        return "That consent is not here. Look at the list again."
    try:
        match sent.get("do"):
            case "sign" if not sent.get("beside"):
                return "Tick that the client is beside you and has read it: you are the witness."
            case "sign":
                name = sent.get("name", "").strip() or name_of(actor, client_id=client_id).name
                commands.sign_consent(actor, **ids, name=name, at=at,
                                      authority=sent.get("authority", ""))
            case "event":
                commands.end_by_event(actor, **ids, at=at)
            case "stop":
                commands.stop_consent(actor, **ids, party=sent.get("party", "")[:160], at=at)
            case _:
                return "Choose what shall happen with the consent."
    except commands.NotPossible as problem:
        return str(problem)
    return ""


@page(Can.RECORD_CONSENT)
def consent_new(request: ActorRequest, client_id: int) -> HttpResponse:
    """Build a consent, look at exactly what it says, then put it before the client."""
    actor, at = request.actor, clock.now()
    supporters = {str(row.supporter_id): row for row in _supporters(actor, client_id)}
    spoken = _spoken(actor, client_id)
    form = ConsentForm(
        request.POST or None, initial={"language": spoken, "kind": "partner", "purpose": "treatment"},
        supporters=[(pk, row.name) for pk, row in supporters.items()])
    context: dict[str, object] = {"client": name_of(actor, client_id=client_id), "form": form}
    if request.method == "POST" and form.is_valid():
        offer = _offer(actor, form.cleaned_data, supporters)
        wrong = _wrong(offer, form.cleaned_data, supporters, at)
        if request.POST.get("do") == "offer" and not wrong:
            _put(request, client_id, offer, form.cleaned_data, at)
            return redirect("pages:consents", client_id)
        for one in wrong:
            form.add_error(None, one)
        if not wrong and request.POST.get("do") != "edit":
            return _preview(request, client_id, offer, form)
    return render(request, NEW, context, status=422 if form.errors else 200)


def _spoken(viewer: Actor, client_id: int) -> str:
    if not may(viewer, Can.SEE_DEMOGRAPHICS, client_id=client_id):
        return "en"
    return "es" if profile_of(viewer, client_id=client_id).language == "es" else "en"


def _offer(viewer: Actor, data: dict[str, object], supporters: dict[str, SupporterRow]) -> Offer:
    chosen = supporters.get(str(data["supporter"])) if data["kind"] == Kind.SUPPORTER else None
    recipient = chosen.name if chosen else str(data["recipient"])
    if data["kind"] == Kind.PROVIDERS:
        recipient = wording.PROVIDERS_ES if data["language"] == "es" else wording.PROVIDERS
    classes = data["classes"]
    return Offer(
        kind=Kind(str(data["kind"])), recipient=recipient, purpose=Purpose(str(data["purpose"])),
        classes=frozenset(DataClass(one) for one in classes),  # type: ignore[attr-defined]
        address=str(data["address"]), expires_at=end_of(viewer, data["expires_on"]),  # type: ignore[arg-type]
        expiry_event=str(data["expiry_event"]), irrevocable=bool(data["irrevocable"]),
        supporter_user_id=chosen.user_id if chosen else None,
    )


def _wrong(
    offer: Offer, data: dict[str, object], supporters: dict[str, SupporterRow], at: datetime
) -> list[str]:
    chosen = supporters.get(str(data["supporter"]))
    if offer.kind is Kind.SUPPORTER and chosen is not None and chosen.user_id is None:
        return [f"{chosen.name} has no page yet. Make one on the list of consents, then come back."]
    return rules.faults(offer, at=at)


def _words(request: ActorRequest, client_id: int, offer: Offer, data: dict[str, object]) -> str:
    found = house(request.actor)
    return wording.consent_words(
        offer, client=name_of(request.actor, client_id=client_id).name,
        house=found.name if found else "", expires_on=data["expires_on"],  # type: ignore[arg-type]
        language=str(data["language"]),
    )


def _preview(
    request: ActorRequest, client_id: int, offer: Offer, form: ConsentForm
) -> HttpResponse:
    data = form.cleaned_data
    context = {
        "client": name_of(request.actor, client_id=client_id), "form": form, "offer": offer,
        "words": _words(request, client_id, offer, data), "language": data["language"],
        "sees": [wording.class_words(one, "en")
                 for one in (DataClass.NAME, *sorted(offer.classes - {DataClass.NAME}))],
        "hides": [wording.CLASS_WORDS[one][0] for one in rules.MAY_BE_NAMED
                  if one not in offer.classes],
    }
    return render(request, "pages/documents/consent_preview.html", context)


def _put(
    request: ActorRequest, client_id: int, offer: Offer, data: dict[str, object], at: datetime
) -> None:
    found = house(request.actor)
    commands.offer_consent(
        request.actor, client_id=client_id, offer=offer, expires_on=data["expires_on"],  # type: ignore[arg-type]
        client_name=name_of(request.actor, client_id=client_id).name,
        house=found.name if found else "", language=str(data["language"]), at=at,
    )


@page(Can.EDIT_SUPPORTERS)
@require_POST
def invite_helper(request: ActorRequest, client_id: int) -> HttpResponse:
    """Make a supporter's own page: empty until the client signs for it."""
    actor, at = request.actor, clock.now()
    known = {row.supporter_id: row for row in supporters_of(actor, client_id=client_id)}
    one = known.get(whole(request.POST.get("supporter")))
    if one is None:
        return redirect("pages:consents", client_id)
    token = invite_supporter(actor, client_id=client_id, supporter_id=one.supporter_id, at=at)
    context = {
        "name": one.name, "sent": False, "back": reverse("pages:consents", args=[client_id]),
        "link": request.build_absolute_uri(reverse("access:welcome", args=[token])),
        "until": timezone.localtime(at + invitations.LIFE),
        "why": "Their page shows nothing until the client signs a consent for it. This link is shown "
               "here alone, once: hand it over in person.",
    }
    return render(request, "people/invited.html", context)
