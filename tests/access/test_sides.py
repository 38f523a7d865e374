"""Who a page is for: a client is never shown a staff page, staff never a client's own."""

import pytest
from django.urls import get_resolver, reverse

from daybridge.access.actors import Side, sides
from daybridge.access.pages import Route
from daybridge.access.policy import Role
from tests.access.test_canary_matrix import _full_name, sign_in
from tests.architecture.test_routes import patterns
from tests.canaries import arguments, plant

STAFF_FRAME = 'class="db-app'
OWN_WAY = ("Go to your own page", "Ir a su propia página")  # Maria reads Spanish


def routes():
    """Yield every page of Daybridge: what it declares, its name and its arguments."""
    for _, entry in patterns(get_resolver()):
        route: Route = entry.callback.route
        if _full_name(entry) and route.can is not None:
            yield route, _full_name(entry), list(entry.pattern.converters)


def test_every_guarded_route_says_whom_it_is_for():
    assert [name for route, name, _ in routes() if not route.shown_to] == []


@pytest.mark.parametrize("first", ["maria", "ana", "nora", "helen"])
def test_a_page_for_others_is_refused_with_the_way_to_ones_own(cast, first):
    ids, actor = plant(cast), cast.everyone[first]
    browser, wrong = sign_in(actor), []
    for route, name, wanted in routes():
        if not route.shown_to.isdisjoint(sides(actor)):
            continue
        answer = browser.get(reverse(name, kwargs=arguments(cast, ids, "maria", wanted)))
        text = answer.content.decode()
        if answer.status_code != 403 or not any(words in text for words in OWN_WAY) or STAFF_FRAME in text:
            wrong.append((name, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("first", ["maria", "ana"])
def test_no_page_at_all_puts_a_client_or_a_supporter_into_the_staff_frame(cast, first):
    ids, browser, met = plant(cast), sign_in(cast.everyone[first]), []
    for _, entry in patterns(get_resolver()):
        name = _full_name(entry)
        if name is None:
            continue
        address = reverse(name, kwargs=arguments(cast, ids, "maria", list(entry.pattern.converters)))
        if STAFF_FRAME in browser.get(address).content.decode(errors="replace"):
            met.append(address)
    assert met == []


def test_a_client_still_reads_and_signs_their_own(cast):
    plant(cast)
    browser, maria = sign_in(cast.maria.account), cast.maria.client_id
    own = [reverse("pages:client_home"), reverse("planning:mine"),
           reverse("placement:papers", args=[maria]), reverse("placement:decide", args=[maria])]

    assert [browser.get(address).status_code for address in own] == [200] * 4


def test_somebody_who_works_here_and_supports_a_client_is_on_both_sides(cast):
    from daybridge.access.actors import Actor

    both = Actor(1, frozenset({Role.COUNSELLOR, Role.SUPPORTER}))

    assert sides(both) == {Side.STAFF, Side.SUPPORTER}
