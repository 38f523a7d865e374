"""One's times in one's own calendar: a private address to make, to replace, to end."""

from datetime import timedelta

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from daybridge.access import clock, identity
from daybridge.access.actors import Actor, ActorRequest, Side, system
from daybridge.access.capabilities import Can
from daybridge.access.pages import open_page, page
from daybridge.access.policy import Role
from daybridge.access.queries import own_client
from daybridge.care.schedule.queries import zone
from daybridge.care.schedule.queries_feed import FeedTime, times_led, times_of_client
from daybridge.exchange.commands_feed import end_feed, make_feed
from daybridge.exchange.feed import calendar
from daybridge.exchange.queries_feed import feed_behind, own_feed

BACK, AHEAD = timedelta(days=14), timedelta(days=60)


@page(Can.SEE_SLOTS)
def staff_feed(request: ActorRequest) -> HttpResponse:
    """Let somebody of the staff make the address of their sessions."""
    return _page(request, "exchange/feed.html", "exchange:staff_feed")


@page(Can.SEE_SLOTS, to=(Side.CLIENT,))
def my_feed(request: ActorRequest) -> HttpResponse:
    """Let a client make the address of their times."""
    return _page(request, "exchange/my_feed.html", "exchange:my_feed")


def _page(request: ActorRequest, template: str, here: str) -> HttpResponse:
    at, address = clock.now(), ""
    if request.method == "POST":
        if request.POST.get("do") != "make":
            end_feed(request.actor, at=at)
            return redirect(here)
        token = make_feed(request.actor, language=get_language() or settings.LANGUAGE_CODE, at=at)
        address = request.build_absolute_uri(reverse("exchange:feed", args=[token]))
    answer = render(request, template, {"address": address, "feed": own_feed(request.actor)})
    answer["Cache-Control"] = "no-store"
    return answer


@open_page("Whoever holds a live address; it names nothing but times.")
def feed(request: ActorRequest, token: str) -> HttpResponse:
    """Give a calendar its file. Every address that is not live gets the same answer, byte for byte."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="reset_password_from_key")
    if limited is not None:
        return limited
    at, sign_in = clock.now(), system(Role.SIGN_IN)
    with identity.acting(sign_in, at=at):
        found = feed_behind(sign_in, token=token)
    if found is None:
        return HttpResponse("There is nothing here.\n", status=404, content_type="text/plain")
    with identity.acting(found.reader, at=at):
        body = calendar(found.feed_id, found.language, _times(found.reader), zone(found.reader), at=at)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _times(reader: Actor) -> list[FeedTime]:
    today = clock.now().astimezone(zone(reader)).date()
    span = {"first": today - BACK, "last": today + AHEAD}
    client_id = own_client(reader)
    if client_id is not None:
        return times_of_client(reader, client_id=client_id, **span)
    return times_led(reader, **span)
