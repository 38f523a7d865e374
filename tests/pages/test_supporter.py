"""The supporter's one page: what is shared now, and the same words for everything else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access import clock, identity
from daybridge.access.models import ConsentItem
from daybridge.care.schedule.commands import book_single
from tests.access.test_canary_matrix import sign_in as browser

HOUR = timedelta(hours=1)


def share(cast, allows, *, until=None, since=HOUR):
    now = clock.now()
    with identity.acting(cast.helen, at=now):
        return ConsentItem.objects.create(
            client_id=cast.maria.client_id, user_id=cast.ana.user_id, allows=allows,
            from_at=now - since, until_at=until,
        )


def words(cast, **headers):
    page = browser(cast.ana).get(reverse("pages:supporter_home"), headers=headers)
    assert page.status_code == 200
    return page.content.decode()


def visible(text):
    """Return the page without what differs each time (keys)."""
    return text[text.index("<main"):text.index("</main>")]


def test_a_supporter_lands_on_the_page_in_both_languages(cast):
    assert browser(cast.ana).get(reverse("pages:front")).headers["Location"] == "/support/"
    assert "Nothing is shared right now." in words(cast)
    spanish = words(cast, accept_language="es")
    assert "Ahora no hay nada compartido." in spanish
    assert "En una emergencia" in spanish


@pytest.mark.parametrize("ended", [
    {"until": "revoked"}, {"until": "expired"}, {"until": "not yet"},
])
def test_revoked_expired_and_never_given_read_the_same(cast, ended):
    never = visible(words(cast))
    now = clock.now()
    times = {"revoked": {"until": now}, "expired": {"until": now - timedelta(minutes=30)},
             "not yet": {"since": -HOUR}}[ended["until"]]

    for allows in ("name", "schedule"):
        share(cast, allows, **times)

    assert visible(words(cast)) == never


def test_a_live_consent_shows_its_items_until_it_ends(cast):
    share(cast, "name")
    assert "Maria Delgado" in words(cast)
    item = share(cast, "schedule", until=clock.now() + timedelta(days=3))
    start = clock.now() + timedelta(days=1)
    for service, hours in (("family", 0), ("individual", 3)):
        book_single(cast.helen, client_id=cast.maria.client_id, leader_id=cast.nora.user_id,
                    room_id=None, service=service, starts_at=start + hours * HOUR, minutes=60,
                    at=clock.now())

    page = words(cast)
    assert page.count("Family session") == 1, "the other session is nobody's business here"
    assert "times of sessions" in page

    with identity.acting(cast.helen, at=clock.now()):
        ConsentItem.objects.filter(pk=item.pk).update(until_at=clock.now())
    assert "Family session" not in words(cast)


def test_a_time_without_a_name_shared_shows_nothing(cast):
    never = visible(words(cast))

    share(cast, "schedule")

    assert visible(words(cast)) == never


@pytest.mark.parametrize("first", ["nora", "maria", "helen"])
def test_the_page_is_the_supporters_alone(cast, first):
    page = browser(cast.everyone[first]).get(reverse("pages:supporter_home"))

    assert page.status_code == 403


def test_the_language_is_chosen_on_the_page_and_leads_nowhere_else(cast):
    client, here = browser(cast.ana), reverse("pages:supporter_home")

    answer = client.post(reverse("intake:language"), {"language": "es", "next": here})
    away = client.post(reverse("intake:language"), {"language": "es", "next": "https://evil.example/"})

    assert answer.headers["Location"] == here
    assert "Ahora no hay nada compartido." in client.get(here).content.decode()
    assert away.headers["Location"] == reverse("intake:help")
