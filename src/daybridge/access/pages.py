"""`@page`: a route that is declared, checked, recorded and safe to send twice."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from daybridge.access import aside, clock, gate
from daybridge.access.actors import Actor, ActorRequest, Side, sides
from daybridge.access.capabilities import Can
from daybridge.access.drafts import drop_draft

View = Callable[..., HttpResponse]
CLAIM = """
INSERT INTO access_idempotencykey (key, user_id, route, body, location, made_at)
VALUES (%s, %s, %s, %s, '', %s) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Route:
    """What a route declares: a capability and for whom it is, or why it needs none."""

    can: Can | None
    why_open: str = ""
    signs_in: bool = False
    shown_to: frozenset[Side] = frozenset()


def page(can: Can, *, to: tuple[Side, ...] = (Side.STAFF,)) -> Callable[[View], View]:
    """Guard a view that shows or changes what this capability covers.

    It is for staff unless it says `to=`: row-level security cuts what a client would see on a
    staff page, but that page is not theirs at all.
    A `client_id` in the address is checked and the read recorded. Pages show what they
    show through queries; this is the first door, not the only one.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor = request.actor
            client_id = kwargs.get("client_id")
            own = sides(actor)
            if own and own.isdisjoint(to):
                raise gate.OtherSide(actor, can.slug, (client_id,))
            gate.require(actor, can, clients=(client_id,))
            match = request.resolver_match
            name = match.view_name if match else view.__name__
            aside.record_read(actor, name, at=clock.now(), client_id=client_id)
            return once(request, lambda: view(request, *args, **kwargs))

        guarded.route = Route(can, shown_to=frozenset(to))  # type: ignore[attr-defined]
        return guarded

    return guard


def open_page(why: str) -> Callable[[View], View]:
    """Declare a route that anybody may call, with the reason why."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return once(request, lambda: view(request, *args, **kwargs))

        guarded.route = Route(None, why_open=why)  # type: ignore[attr-defined]
        return guarded

    return guard


def once(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a form once: the same key again gets the same redirect, changed words a 409."""
    request.idempotency_key = str(uuid.uuid4())  # type: ignore[attr-defined]
    key = _key(request)
    if key is None:
        return answer()
    body = hashlib.sha256(
        repr(sorted((k, v) for k, v in request.POST.lists() if k not in _NOT_CONTENT)).encode()
    ).hexdigest()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [key, actor.user_id, request.path[:120], body, clock.now()])
        if cursor.rowcount == 0:
            return _answer_again(request, key, body)
        response = answer()
        if response.status_code >= 400:  # noqa: PLR2004 - not accepted: the key stays free
            cursor.execute("DELETE FROM access_idempotencykey WHERE key = %s", [key])
        elif isinstance(response, HttpResponseRedirect):
            cursor.execute(
                "UPDATE access_idempotencykey SET location = %s WHERE key = %s",
                [response.url, key],
            )
    if response.status_code < 400 and "_draft" in request.POST:  # noqa: PLR2004 - it was saved
        drop_draft(actor, request.POST["_draft"])
    return response


_NOT_CONTENT = {"csrfmiddlewaretoken", "_key", "_who", "_back", "password"}


def _key(request: HttpRequest) -> uuid.UUID | None:
    if request.method != "POST":
        return None
    try:
        return uuid.UUID(request.POST.get("_key", ""))
    except ValueError:
        return None


def _answer_again(request: HttpRequest, key: uuid.UUID, body: str) -> HttpResponse:
    """Return the first answer's place; refuse the key for other words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, location FROM access_idempotencykey WHERE key = %s", [key])
        row = cursor.fetchone()
    if row is None or row[0] != body:
        return render(request, "ui/key_reused.html", status=409)
    if row[1]:
        return HttpResponseRedirect(row[1])
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response
