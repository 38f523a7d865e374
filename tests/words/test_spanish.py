"""Whoever reads Spanish finds no English sentence on a page that is for them."""

import re

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from daybridge.access import clock
from daybridge.access.middleware import TransactionMiddleware
from daybridge.clinic.programme.commands import change_setting, look_at_setting
from tests.access.test_canary_matrix import sign_in
from tests.words.reading import texts

MARK = "Una máquina tradujo esta página."
ENGLISH = re.compile(r"\b(the|you|your|and|of|is|are|with|this|that|not|please|we|for|to)\b", re.IGNORECASE)
# names, numbers, addresses, and what people of the cast wrote themselves
DATA = (
    r"Daybridge", r"Plan \d+", r"\d+ Nov", r"\d+:\d+ [AP]M", r"(Room|Office) \d, Nora Feld",
    r"\w+@home\.example",
    r"(, )?/clients/\d+/placement/", r"Mis hijos.*", r"Relapse prevention|Family skills|Coping skills",
    r"I want my girls to wake up in my house\.", r"I need to be home at night\.",
    r"Home is safe and she wants it\.", r"Alcohol on Friday nights", r"“Get through Friday nights sober”",
    r"(: )?(Consent|Request|Medicine)maria", r"Maria Delgado", r"LCSW,?",
    r"(Dr )?(Helen|Vera|Nora|Kwame|Ruth|Leo|Tess|Ben|Sam|Fay|Pia|Bill|Ada|Paul) [A-Z]\w+",
    r"Four Fridays without drinking", r"Nora Feld: coping skills group, weekly",
)
IS_DATA = re.compile("|".join(f"(?:{one})" for one in DATA))


def test_no_english_is_left(pages):
    left = {name: found for name, page in pages["es"].items()
            if (found := english_in(page, pages["en"][name]))}
    assert left == {}


def english_in(page: str, english: str) -> list[str]:
    """Return what a Spanish page says as the English one does, or in English words."""
    same = {text for _, text in texts(english)}
    return [text for language, text in texts(page) if language == "es" and not IS_DATA.fullmatch(text)
            and (text in same or ENGLISH.search(text))]


def test_english_that_is_left_is_found(pages):
    name = "visitor /help/ 200"
    broken = pages["es"][name].replace("Llame ahora", "Call now")

    assert english_in(broken, pages["en"][name]) == ["Call now"]


def test_each_page_says_its_language(pages):
    for language, walked in pages.items():
        wrong = [name for name, page in walked.items() if f'<html lang="{language}"' not in page]
        assert wrong == []


def test_the_walk_meets_clients_supporters_and_faults(pages):
    met = set(pages["es"])
    assert {"visitor /help/ 200", "maria /home/ 200", "maria /my/plan/ 200", "andre /home/ 200",
            "ana /support/ 200", "second step", "locked", "kept words", "409", "500", "503"} <= met


def test_what_a_machine_translated_says_so(pages):
    assert [name for name, page in pages["es"].items() if MARK not in page] == []


@pytest.mark.parametrize("first", ["visitor", "andre"])
def test_the_mark_goes_when_a_named_person_has_read_the_texts(cast, first):
    today = clock.now().date()
    address = reverse("intake:help" if first == "visitor" else "pages:client_home")
    browser = sign_in(cast.everyone[first])

    def marked() -> bool:
        return MARK in browser.get(address, headers={"accept-language": "es"}).content.decode()

    assert marked()
    change_setting(cast.helen, key="es_texts_read", value=1, source="Read by Ana Ruiz, translator",
                   effective_on=today, looked_at_by="", looked_at_on=None, at=clock.now())
    assert marked(), "nobody has put a name to it yet"
    look_at_setting(cast.helen, key="es_texts_read", effective_on=today, on=today, at=clock.now())
    assert not marked()


def test_a_client_reads_their_own_language_until_they_choose(cast):
    browser, home = sign_in(cast.maria.account), reverse("pages:client_home")

    assert '<html lang="es"' in browser.get(home).content.decode()

    browser.post(reverse("intake:language"), {"language": "en", "next": home})
    assert '<html lang="en"' in browser.get(home).content.decode()


def test_staff_pages_are_english_whatever_the_browser_speaks(cast):
    page = sign_in(cast.nora).get(reverse("pages:today"), headers={"accept-language": "es"})

    text = page.content.decode()
    assert '<html lang="en"' in text
    assert "Salir" not in text


def test_papers_are_shown_to_staff_in_the_clients_language(cast):
    page = sign_in(cast.nora).get(reverse("placement:papers", args=[cast.maria.client_id]))

    assert '<section class="card" lang="es"' in page.content.decode()


def test_the_database_that_is_down_speaks_spanish(cast):
    def down(request):
        raise OperationalError

    request = RequestFactory().get("/help/", headers={"accept-language": "es"})
    answer = TransactionMiddleware(down)(request)

    assert answer.status_code == 503
    assert "La base de datos no responde" in answer.content.decode()
    assert '<html lang="es"' in answer.content.decode()


def test_a_language_we_do_not_have_is_answered_in_english(cast):
    browser = Client(headers={"accept-language": "fr"})

    assert '<html lang="en"' in browser.get(reverse("intake:help")).content.decode()
    assert settings.LANGUAGE_CODE == "en"
