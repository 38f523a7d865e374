"""Nothing typed is lost: what could not be saved is kept for the one who typed it.

A form carries a signed mark of the person it was drawn for (`_who`). When it arrives after
the session has ended, or while the screen is locked, its words become a draft of that person,
who finds them at /kept/ after signing in. Nobody else does.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from daybridge.access import clock, identity
from daybridge.access.actors import Actor
from daybridge.access.drafts import SECRET_FIELD, drop_draft, save_draft
from daybridge.access.models import Draft, User
from daybridge.access.policy import Role

SALT = "daybridge.form-owner"
OLDEST_SECONDS = 7 * 24 * 3600
PREFIX = "sent "
TOO_LONG = re.compile(r"too long for type character varying\((\d+)\)")
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """One form that was not saved: where it goes, when it was sent, its words."""

    form: str
    address: str
    at: datetime
    fields: Pairs


def owner_token(actor: Actor) -> str:
    """Return the mark that a form drawn for this person carries ("" for a visitor)."""
    return signing.dumps(actor.user_id, salt=SALT) if actor.user_id is not None else ""


def owner_of(request: HttpRequest) -> int | None:
    """Return whose form was sent, or None."""
    try:
        found = signing.loads(request.POST.get("_who", ""), salt=SALT, max_age=OLDEST_SECONDS)
    except signing.BadSignature:
        return None
    return int(found)


def sent_fields(request: HttpRequest) -> Pairs:
    """Return what was sent, without secrets and marks, in its order."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not SECRET_FIELD.search(name)
        for value in values
    ]


def keep(request: HttpRequest, user_id: int) -> None:
    """Keep a form's words for this person; one form a page, the newest."""
    user = User.objects.get(pk=user_id, is_active=True)
    owner = Actor(user_id, frozenset(Role(role) for role in user.roles), user.name)
    words = {"posted": json.dumps(sent_fields(request), ensure_ascii=False)}
    with identity.acting(owner):
        save_draft(owner, f"{PREFIX}{request.get_full_path()}", words, at=clock.now())


def kept_of(actor: Actor) -> list[Kept]:
    """Return what was kept for this person, the newest first."""
    rows = Draft.objects.filter(user_id=actor.user_id or 0, form__startswith=PREFIX)
    return [
        Kept(row.form, row.form.removeprefix(PREFIX), row.saved_at,
             [(name, value) for name, value in json.loads(row.fields["posted"])])
        for row in rows.order_by("-saved_at")
    ]


def settle(request: HttpRequest, response: HttpResponse) -> None:
    """Forget the kept words of a form that has now been accepted."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST" and actor.user_id is not None and response.status_code < 400:  # noqa: PLR2004
        drop_draft(actor, f"{PREFIX}{request.get_full_path()}")


def answer_misplaced(request: HttpRequest, *, needs_person: object) -> HttpResponse | None:
    """Answer a form whose person is no longer the one who is signed in; else None."""
    owner = owner_of(request) if request.method == "POST" and needs_person else None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if owner is None or owner == actor.user_id:
        return None
    keep(request, owner)
    if actor.user_id is None:
        return redirect_to_login(reverse("access:kept"))
    return render(request, "ui/kept_for_another.html", status=409)


def answer_locked(request: HttpRequest) -> HttpResponse:
    """Show the lock; a form that came too late is kept and offered after it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method != "POST" or actor.user_id is None:
        return render(request, "locked.html", status=423)
    keep(request, actor.user_id)
    return render(request, "locked.html", {"next": reverse("access:kept")}, status=423)


def answer_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret is older than the session: keep it, if it says whose it is."""
    owner = owner_of(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if owner is None:
        return render(request, "403_csrf.html", status=403)
    keep(request, owner)
    if owner == actor.user_id:
        return redirect("access:kept")
    if actor.user_id is None:
        return redirect_to_login(reverse("access:kept"))
    return render(request, "ui/kept_for_another.html", status=409)


def send_again(request: HttpRequest, message: str) -> HttpResponse:
    """Give a form back that has no page of its own for errors: the reason, and every word."""
    context = {"message": message, "fields": sent_fields(request),
               "asks_password": "password" in request.POST}
    return render(request, "ui/send_again.html", context, status=422)


def why_not_stored(error: DataError) -> str:
    """Say in words why the database refused what was typed."""
    found = TOO_LONG.search(str(error))
    if found:
        return gettext(
            "A text is too long: at most %(n)s letters fit. Make it shorter and send it again."
        ) % {"n": found[1]}
    return gettext("A number or a day is too large or too small. Change it and send it again.")
