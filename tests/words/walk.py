"""Every page that a visitor, a client or a supporter can meet, in a language; with its states."""

from collections.abc import Iterator
from types import SimpleNamespace

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import translation

from daybridge.access import clock, identity, kept, middleware
from daybridge.access.actors import Actor, system
from daybridge.access.gate import Conflict
from daybridge.access.invitations import make_link
from daybridge.access.middleware import LOCKED
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.access.relate import join_team
from daybridge.care.assessment.queries import ratings_and_flags
from daybridge.care.placement.commands import open_decision
from tests import story
from tests.access.test_canary_matrix import addresses, sign_in
from tests.architecture.test_routes import patterns
from tests.cast import PASSWORD

READERS = ("visitor", "maria", "andre", "ana")
FRAMES = ('<body class="db-plain', '<body class="db-client')
REACH = "somebody@home.example"
Pages = dict[str, str]


def settle(cast) -> None:
    """Bring Andre to his decision, rated so that the rules have something to say; give Ana an app."""
    ids, at = {"client_id": cast.andre.client_id}, clock.now()
    join_team(cast.helen, **ids, user_id=cast.osei.user_id, part="member", at=at)
    story.evaluate(cast, cast.andre, at=at, W=1, E=3, C=3)
    rated = ratings_and_flags(cast.osei, **ids)
    open_decision(cast.osei, **ids, ratings=dict(rated.ratings), flags=list(rated.flags), at=at)
    with identity.acting(system(Role.SIGN_IN)):
        ana = User.objects.get(pk=cast.ana.user_id)
        ana.set_password(PASSWORD)
        ana.save()
        TOTP.activate(ana, generate_totp_secret())


def walk(cast, ids, language: str) -> Pages:
    """Return every page as it reads in this language, by who meets it where."""
    found: Pages = {}
    for first in READERS:
        browser = in_language(sign_in(cast.everyone[first]), language)
        for address in [*_own(cast, ids, first), *_accounts()]:
            page = browser.get(address, follow=True)
            text = page.content.decode(errors="replace")
            if any(frame in text for frame in FRAMES):
                found[f"{first} {page.request['PATH_INFO']} {page.status_code}"] = text
    for name, text in (*_visitor_states(cast, language), *_client_states(cast, language),
                       *_without_a_page(cast, language)):
        found[name] = text
    return found


def _own(cast, ids, first: str) -> list[str]:
    """Return every address of Daybridge, for each client only about themselves."""
    others = [one.client_id for name in ("maria", "andre", "jonah")
              if name != first and (one := getattr(cast, name))]
    return [address for address in addresses(cast, ids)
            if not any(f"/clients/{pk}/" in address for pk in others)]


def in_language(browser: Client, language: str) -> Client:
    """Return the browser of somebody who reads this language."""
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser


def _accounts() -> list[str]:
    """Return the sign-in's own addresses that need no secret."""
    return [
        f"/{path}" for path, entry in patterns(get_resolver())
        if entry.callback.__module__.startswith("allauth.") and not set("<(") & set(path)
    ]


def _visitor_states(cast, language: str) -> Iterator[tuple[str, str]]:
    browser = in_language(Client(), language)

    def sent(name: str, address: str, **words: str) -> tuple[str, str]:
        return name, browser.post(address, words, follow=True).content.decode()

    for contact in ("", "abc", "a@b"):
        yield sent(f"help, wrong contact {contact}", reverse("intake:help"), contact=contact)
    yield sent("help, asked", reverse("intake:help"), contact="555-555-0100")
    yield sent("sign in, nothing", reverse("account_login"))
    yield sent("sign in, wrong", reverse("account_login"), login="a@b.example", password="x" * 12)
    yield sent("reset, nothing", reverse("account_reset_password"))
    yield sent("reset, not an address", reverse("account_reset_password"), email="a")
    yield sent("reset, asked", reverse("account_reset_password"), email=REACH)
    yield sent("code, nothing", reverse("account_request_login_code"))
    yield sent("code, asked", reverse("account_request_login_code"), reach=REACH)
    yield sent("code, wrong", reverse("account_confirm_login_code"), code="AAAAAA")
    yield from _welcome(cast, browser)
    guarded = in_language(Client(enforce_csrf_checks=True), language)
    yield "an old form", guarded.post(reverse("intake:help"), {"contact": "1"}).content.decode()
    yield "nothing there", browser.get("/no-such-page/").content.decode()


def _welcome(cast, browser: Client) -> Iterator[tuple[str, str]]:
    with identity.acting(cast.helen):
        token = make_link(cast.helen, user_id=cast.maria.account.user_id, at=clock.now())
    link = reverse("access:welcome", args=[token.rstrip("/").rsplit("/", 1)[-1]])
    yield "welcome", browser.get(link).content.decode()
    yield "welcome, short", browser.post(link, {"password": "short"}).content.decode()
    yield "welcome, common", browser.post(link, {"password": "password1234"}).content.decode()
    yield "a link that is over", browser.get(reverse("access:welcome", args=["x" * 43])).content.decode()


def _client_states(cast, language: str) -> Iterator[tuple[str, str]]:
    browser = in_language(sign_in(cast.andre.account), language)
    decide = reverse("placement:decide", args=[cast.andre.client_id])
    key = "6f0ad3a2-27a1-4a5c-9a8b-4dd8e8d7f9a1"
    wrong = {"do": "client", "client_reasons": "Mis hijos", "decision": "1"}
    yield "my view, no level", browser.post(decide, wrong).content.decode()
    yield from _kept(cast, browser, decide)
    ana = in_language(sign_in(cast.ana), language)
    owner = {"_who": kept.owner_token(cast.andre.account), **wrong}
    yield "another is signed in", ana.post(decide, owner).content.decode()
    browser.post(reverse("access:kept"), {"drop": "", "_key": key})
    yield "sent twice", browser.post(reverse("access:kept"), {"drop": "x", "_key": key}).content.decode()
    yield from _second_step(cast, browser, language)


def _kept(cast, browser: Client, decide: str) -> Iterator[tuple[str, str]]:
    _lock(browser, locked=True)
    yield "locked", browser.get(decide).content.decode()
    form = {"client_reasons": "Mis hijos, mi casa", "_who": kept.owner_token(cast.andre.account)}
    yield "locked, sent", browser.post(decide, form).content.decode()
    wrong = browser.post(reverse("access:unlock"), {"password": "x", "next": "/"})
    yield "unlock, wrong", wrong.content.decode()
    _lock(browser, locked=False)
    yield "kept words", browser.get(reverse("access:kept")).content.decode()


def _lock(browser: Client, *, locked: bool) -> None:
    with identity.acting(system(Role.SIGN_IN)):
        session = browser.session
        session[LOCKED] = locked
        session.save()


def _second_step(cast, browser: Client, language: str) -> Iterator[tuple[str, str]]:
    yield "the app, nothing", browser.post(reverse("mfa_activate_totp"), follow=True).content.decode()
    fresh = in_language(Client(), language)
    who = {"login": "ana@home.example", "password": PASSWORD}
    yield "second step", fresh.post(reverse("account_login"), who, follow=True).content.decode()
    wrong = fresh.post(reverse("mfa_authenticate"), {"code": "000000"})
    yield "second step, wrong", wrong.content.decode()


def _without_a_page(cast, language: str) -> Iterator[tuple[str, str]]:
    """Draw what only a fault can show."""
    with translation.override(language):
        yield "500", render_to_string("500.html")
        yield "503", render_to_string("db_down.html")
        with identity.acting(cast.andre.account):
            request = _request(cast.andre.account)
            conflict = Conflict({"client_reasons": "B"}, version=2)
            yield "409", middleware.conflict_page(request, conflict).content.decode()
            for words in ("too long for type character varying(80)", "out of range"):
                why = kept.why_not_stored(Exception(words))  # type: ignore[arg-type]
                yield f"send again, {words}", kept.send_again(request, why).content.decode()


def _request(actor: Actor):
    request = RequestFactory().post("/", {"client_reasons": "A, B", "password": ""})
    request.actor, request.user = actor, SimpleNamespace(line="", is_authenticated=True)
    return request
