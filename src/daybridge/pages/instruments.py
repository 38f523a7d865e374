"""Forms of a client: what is due, how scores went, what happened meanwhile; the client's own list."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, may_for
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.care.instruments.known import instruments
from daybridge.care.instruments.panels import check_words, newest, title_of, trends, words_of
from daybridge.care.instruments.queries import begun, due, help_shown, scores_of
from daybridge.care.instruments.queries_alliance import begun_checks, checks_of
from daybridge.care.instruments.queries_packs import offered_in
from daybridge.care.instruments.rules import asked
from daybridge.care.instruments.rules_chart import Event
from daybridge.care.instruments.rules_due import Care, Due, Why
from daybridge.care.placement.queries import StayRow, levels_of, stay_of, stays_in_care
from daybridge.care.schedule.queries import zone
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import house

WORDS = {
    Why.FOLLOW: "because of an answer", Why.ADMISSION: "admission", Why.REGULAR: "regular",
    Why.DISCHARGE: "before the stay ends",
}
MOST_LINES = 40
AT_ONCE = 3  # more at once is a burden; the rest is offered when these are done
SMALL_THINGS = 2


@dataclass(frozen=True, slots=True)
class Offered:
    """A form that a client may fill now."""

    name: str
    title: str
    number: int | None
    route: str
    is_check: bool
    questions: int


def care_of(stay: StayRow | None, viewer: Actor) -> list[Care]:
    """Return the client in care, or nobody: nothing is due outside of a stay."""
    if stay is None or stay.ended_at is not None:
        return []
    return [Care(stay.client_id, stay.admitted_at.astimezone(zone(viewer)).date(), stay.level)]


def due_now(viewer: Actor, *, client_id: int, at: datetime) -> list[Due]:
    """Return what is due for one client."""
    if not may(viewer, Can.SEE_STAY, client_id=client_id):
        return []
    stay = stay_of(viewer, client_id=client_id)
    return due(viewer, care=care_of(stay, viewer), on=at.astimezone(zone(viewer)).date())


def due_lines(viewer: Actor, on: date, most: int) -> list[dict[str, Any]]:
    """Return a line for each client with forms due, for Today: the worst first."""
    if not may(viewer, Can.FILL_INSTRUMENT) or not may(viewer, Can.SEE_STAY):
        return []
    here = zone(viewer)
    stays = stays_in_care(viewer)
    read = may_for(viewer, Can.FILL_INSTRUMENT, [stay.client_id for stay in stays])
    care = [Care(stay.client_id, stay.admitted_at.astimezone(here).date(), stay.level)
            for stay in stays if stay.client_id in read]
    by_client: dict[int, list[Due]] = {}
    for row in due(viewer, care=care, on=on):
        if row.days_over >= 0:
            by_client.setdefault(row.client_id, []).append(row)
    return [_line(client_id, rows, on) for client_id, rows in list(by_client.items())[:most]]


def _line(client_id: int, rows: list[Due], on: date) -> dict[str, Any]:
    first = title_of(rows[0].instrument)
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    over = max(row.days_over for row in rows)
    return {"client_id": client_id, "title": f"form: {first}{more}", "icon": "clipboard-list",
            "when": "overdue" if over > 0 else "today", "on": on,
            "url": reverse("pages:instruments", args=[client_id])}


@page(Can.SEE_INSTRUMENTS)
def client_instruments(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show a client's forms: due, trends with what happened meanwhile, every filling."""
    viewer, at = request.actor, clock.now()
    known = instruments()
    open_ones = begun(viewer, client_id=client_id)
    lines = due_now(viewer, client_id=client_id, at=at)
    context = {
        "client": name_of(viewer, client_id=client_id), "at": at,
        "due": [(row, title_of(row.instrument), WORDS[row.why]) for row in lines],
        "begun": [(name, title_of(name), since) for name, (_, since) in open_ones.items()],
        "trends": trends(viewer, client_id=client_id, events=events_of(viewer, client_id)),
        "filled": [(row, title_of(row.instrument), words_of(row))
                   for row in scores_of(viewer, client_id=client_id)[:MOST_LINES]],
        "fillable": {name for name, one in known.items() if one.data_class == "instrument"},
        "forms": sorted((one.title.get("en", name), name) for name, one in known.items()
                        if one.data_class == "instrument"),
        "may_fill": may(viewer, Can.FILL_INSTRUMENT, client_id=client_id),
        "in_care": bool(lines) or _in_care(viewer, client_id),
        "checks": [(one, check_words(one)) for one in checks_of(viewer, client_id=client_id)]
        if may(viewer, Can.SEE_ALLIANCE, client_id=client_id) else None,
    }
    return render(request, "pages/instruments.html", context)


def _in_care(viewer: Actor, client_id: int) -> bool:
    if not may(viewer, Can.SEE_STAY, client_id=client_id):
        return False
    return bool(care_of(stay_of(viewer, client_id=client_id), viewer))


def events_of(viewer: Actor, client_id: int) -> list[Event]:
    """Return what is marked in a trend: admission and each change of level."""
    if not may(viewer, Can.SEE_STAY, client_id=client_id):
        return []
    here = zone(viewer)
    rows = levels_of(viewer, client_id=client_id)[::-1]
    return [
        Event(row.from_at.astimezone(here).date(),
              f"{'In' if number == 0 else 'To'} {row.level.upper()}")
        for number, row in enumerate(rows)
    ]


@page(Can.FILL_INSTRUMENT, to=(Side.CLIENT,))
def my_questions(request: ActorRequest) -> HttpResponse:
    """Show a client which questions wait for them."""
    viewer, at = request.actor, clock.now()
    client_id = own_client(viewer)
    if client_id is None:
        raise Http404
    waiting = offered(viewer, client_id=client_id, at=at)
    context = {
        "offered": waiting[:AT_ONCE], "later": len(waiting[AT_ONCE:]), "house": house(viewer), "at": at,
        "help": help_shown(viewer, client_id=client_id, at=at),
    }
    return render(request, "pages/my_questions.html", context)


def offered(viewer: Actor, *, client_id: int, at: datetime) -> list[Offered]:
    """Return the forms that wait for a client and can be shown in the language of the page."""
    language = (get_language() or "en")[:2]
    open_ones = {name: pk for name, (pk, _) in begun(viewer, client_id=client_id).items()}
    open_ones |= begun_checks(viewer, client_id=client_id)
    lines = [row.instrument for row in due_now(viewer, client_id=client_id, at=at)]
    known, worded = instruments(), offered_in(viewer, language=language)
    return [
        Offered(
            name, one.title.get(language) or one.title.get("en", ""), open_ones.get(name),
            "instruments:check" if one.data_class == "alliance" else "instruments:questions",
            one.data_class == "alliance", len(asked(one, {})),
        )
        for name in dict.fromkeys([*open_ones, *lines])
        if name in worded
        for one in [known[name]]
    ]


def small_things(viewer: Actor, *, client_id: int, at: datetime) -> list[Offered]:
    """Return two small things for the client's first page."""
    return offered(viewer, client_id=client_id, at=at)[:SMALL_THINGS]


def panel(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    """Return what the chart's panel shows: the newest scores, and how many forms are due."""
    return {"newest": newest(viewer, client_id=client_id),
            "due": [(title_of(row.instrument), row) for row in
                    due_now(viewer, client_id=client_id, at=at) if row.days_over >= 0]}
