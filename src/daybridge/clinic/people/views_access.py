"""Inviting staff, letting a leaver go, and the client's way to their own page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from daybridge.access import clock, invitations, posting
from daybridge.access.accounts import AddressTaken
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.clinic.people import commands_access as commands
from daybridge.clinic.people import queries
from daybridge.clinic.people.forms_access import InviteForm
from daybridge.clinic.people.queries_access import one_of_staff, own_page_of


@page(Can.MANAGE_ACCOUNTS)
def invite(request: ActorRequest) -> HttpResponse:
    """Invite a member of staff."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        licence = (
            (data["kind"], data["number"], data["state"].upper(), data["first"], data["last"])
            if data["kind"] else None
        )
        try:
            token = commands.invite_staff(
                request.actor, name=data["name"], email=data["email"], job=data["job"],
                credential=data["credential"], roles=data["roles"], licence=licence,
                at=clock.now(),
            )
        except AddressTaken as error:
            form.add_error("email", str(error))
        else:
            return _invited(request, token, data["name"], ("email", data["email"]), reverse("pages:staff"))
    return render(request, "people/invite.html", {"form": form}, status=422 if form.errors else 200)


@page(Can.MANAGE_ACCOUNTS)
@require_POST
def new_way_in(request: ActorRequest, staff_id: int) -> HttpResponse:
    """Forget somebody's password and second step and send a new link."""
    one = one_of_staff(request.actor, staff_id=staff_id)
    token = invitations.reset_sign_in(request.actor, user_id=one.user_id, at=clock.now())
    return _invited(request, token, one.name, ("email", one.email), reverse("pages:staff"))


@page(Can.SET_TEAM)
@require_POST
def invite_client(request: ActorRequest, client_id: int) -> HttpResponse:
    """Open a client's own page to them: by a safe channel, or by hand."""
    actor = request.actor
    page_of = own_page_of(actor, client_id=client_id)
    chosen = {str(pk): (channel, to) for pk, channel, to in page_of.reachable}
    name = queries.name_of(actor, client_id=client_id).name
    try:
        token = commands.invite_to_page(actor, client_id=client_id, at=clock.now())
    except AddressTaken:
        why = "That e-mail address can't be used to sign in here. Write down another one first."
        return render(request, "people/not_invited.html", {"why": why, "client_id": client_id},
                      status=422)
    language = queries.profile_of(actor, client_id=client_id).language
    return _invited(request, token, name, chosen.get(request.POST.get("contact", "")),
                    reverse("people:details", args=[client_id]), language)


def _invited(
    request: ActorRequest, token: str, name: str, to: tuple[str, str] | None, back: str,
    language: str = "en",
) -> HttpResponse:
    """Send the link if anything can; otherwise show it, to be handed over in person."""
    link = request.build_absolute_uri(reverse("access:welcome", args=[token]))
    until = timezone.localtime(clock.now() + invitations.LIFE)
    why = "It is shown here alone, once. Hand it over in person."
    sent = False
    if to is not None:
        try:
            with translation.override(language):
                words = invitations.link_words(link, until)
            posting.deliver_code(*to, words)
            sent = True
        except posting.NotDelivered as error:
            why = f"{error} Hand the link over in person: it is shown here alone, once."
    context: dict[str, Any] = {
        "name": name, "link": link, "sent": sent, "to": to, "why": why, "until": until, "back": back,
    }
    return render(request, "people/invited.html", context)
