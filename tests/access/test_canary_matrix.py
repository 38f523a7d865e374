"""Every route as every role: nobody's page holds a word they may not read.

Each client of the cast carries a canary in every data class (`tests.canaries`). Status
codes prove nothing: a refusal page can leak, so bodies, headers and redirects are searched.
"""

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from daybridge.access import identity, policy, relations, rls
from daybridge.access.actors import ANONYMOUS, Actor, system
from daybridge.access.models import User
from daybridge.access.policy import DataClass, Op, Role, Scope
from tests.architecture.test_routes import patterns
from tests.canaries import CANARIES, arguments, plant
from tests.cast import NOON

PEOPLE = ["maria", "andre", "jonah"]
ACTORS = [
    "helen",
    "vera",
    "nora",
    "paul",
    "iris",
    "osei",
    "ruth",
    "leo",
    "tess",
    "ben",
    "sam",
    "fay",
    "tom",
    "pia",
    "quinn",
    "ada",
    "bill",
    "maria",
    "andre",
    "ana",
    "visitor",
]
NOT_PAGES = {"account_logout"}


def sign_in(actor: Actor) -> Client:
    """Return a browser of this actor."""
    browser = Client()
    if actor != ANONYMOUS:
        with identity.acting(system(Role.SIGN_IN)):
            browser.force_login(
                User.objects.get(pk=actor.user_id),
                backend="allauth.account.auth_backends.AuthenticationBackend",
            )
    return browser


@pytest.fixture
def ids(cast):
    """Every data class of Maria holds its canary; Andre waits, Jonah has only asked."""
    return plant(cast)


def addresses(cast, ids) -> list[str]:
    """Return every address of Daybridge, once for each client where it names one."""
    found = set()
    for _, entry in patterns(get_resolver()):
        name = entry.callback.route and _full_name(entry)
        if name is None:
            continue
        wanted = list(entry.pattern.converters)
        for person in PEOPLE if wanted else PEOPLE[:1]:
            found.add(reverse(name, kwargs=arguments(cast, ids, person, wanted)))
    return sorted(found)


def _full_name(entry) -> str | None:
    domain = entry.callback.__module__.split(".")[-2]
    if not entry.callback.__module__.startswith("daybridge."):
        return None
    return f"{domain}:{entry.name}"


def forbidden_words(cast, actor: Actor) -> dict[str, str]:
    """Return the canaries of every class and client that this actor may not read."""
    words = {}
    for data, of_people in CANARIES.items():
        people = {first: getattr(cast, first).client_id for first in of_people}
        with identity.acting(actor, at=NOON):
            may = relations.reached(actor, DataClass(data), Op.READ, people.values())
        for first, word in of_people.items():
            if people[first] not in may:
                words[word] = f"{data} of {first}"
    return words


def leaks(cast, ids, first: str, forbidden: dict[str, str]) -> list[str]:
    """Return what this actor's pages hold of the forbidden words."""
    browser, found = sign_in(cast.everyone[first]), []
    for address in addresses(cast, ids):
        response = browser.get(address)
        assert response.status_code < 500, f"{first} {address}"
        text = response.content.decode(errors="replace") + str(response.headers)
        found += [f"{address}: {what}" for word, what in forbidden.items() if word in text]
    return found


# planting takes seconds: seven people walk the same record, one after the other
WALKS = [ACTORS[place::3] for place in range(3)]


@pytest.mark.parametrize("people", WALKS, ids="-".join)
def test_no_page_holds_a_word_its_reader_may_not_read(cast, ids, people):
    found = {first: leaks(cast, ids, first, forbidden_words(cast, cast.everyone[first]))
             for first in people}
    assert {first: words for first, words in found.items() if words} == {}


# one careless word more in the policy's table: (data class, who may now read everybody's)
BROKEN = [
    ("contact", Role.BILLING, "bill"),
    ("identity", Role.FRONT_DESK, "fay"),
    ("plan", Role.INTAKE, "sam"),
]
GENUINE = policy.table


@pytest.fixture(params=BROKEN, ids=lambda one: f"{one[1]} reads {one[0]}")
def broken(request, django_db_setup):
    """Break the table for real, in Python and in PostgreSQL; mend both afterwards."""
    data, role, first = request.param
    cells = {key: dict(row) for key, row in policy.table().items()}
    cells[DataClass(data)][role] = policy.Cell(frozenset({Scope.ALL}), frozenset())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "table", lambda: cells)
        patch.setattr(rls, "table", lambda: cells)
        compile_reading(DataClass(data))
        yield data, first
    compile_reading(DataClass(data))


def test_a_broken_policy_makes_the_matrix_fail(broken, cast):
    """One careless cell: pages leak, and the search names the address and the class."""
    data, first = broken
    ids = plant(cast)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "table", GENUINE)
        forbidden = forbidden_words(cast, cast.everyone[first])

    assert any(data in leak for leak in leaks(cast, ids, first, forbidden))


def compile_reading(data: DataClass) -> None:
    """Compile the reading policy of a class's tables, as their owner."""
    owner = settings.DATABASES["owner"]
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        password=owner["PASSWORD"], autocommit=True,
    ) as connection:
        connection.execute("SET lock_timeout = '5s'")
        for model in apps.get_models():
            if rls.class_of(model) is data and model._meta.managed:
                table = model._meta.db_table
                read = rls.condition(data, Op.READ, client=rls._client_column(model))
                connection.execute(f"DROP POLICY reads ON {table}")
                connection.execute(f"CREATE POLICY reads ON {table} FOR SELECT USING ({read})")


def test_the_matrix_can_fail(cast, ids):
    """The right reader does meet the canaries: the search would find them."""
    browser = sign_in(cast.nora)
    seen = "".join(browser.get(address).content.decode(errors="replace") for address in addresses(cast, ids))
    met = {data for data, words in CANARIES.items() if words.get("maria", "-") in seen}
    assert met == set(CANARIES)
