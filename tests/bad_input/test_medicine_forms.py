"""The physician's and the nurse's forms meet the nasty strings and wrong choices too."""

import re

from tests.access.test_canary_matrix import sign_in
from tests.bad_input.forms import forms_in
from tests.bad_input.test_every_form import CHOICES, TIMES, is_chosen, is_timed, problems, refused_or_done

PAGES = ("medicines/", "medical/", "medical/screen/", "medical/scale/cows/", "medical/kidney/",
         "medical/blood_pressure/", "medical/opioid_use/")
NASTY = ("html", "nul", "long text")


def forms_of(house, first):
    """Return every form of the medical pages of Maria, and of the kits."""
    browser, maria = sign_in(house.cast.everyone[first]), house.cast.maria.client_id
    for address in (*(f"/clients/{maria}/{page}" for page in PAGES), "/naloxone/"):
        page = browser.get(address)
        assert page.status_code == 200, address
        for form in forms_in(page.content.decode(), address):
            if re.match(r"/(clients|naloxone)", form.action):
                yield first, browser, form


def test_medical_forms_bear_nasty_words_and_wrong_choices(house):
    """Never a broken page; what is refused comes back with the reason and every word."""
    found = [*forms_of(house, "osei"), *forms_of(house, "ruth")][:60]
    assert len(found) > 20
    wrong = []
    for number, (first, browser, form) in enumerate(found):
        if form.names({"text", "textarea"}):
            wrong += problems(browser, first, form, NASTY[number % len(NASTY)])
    assert wrong == [], "\n".join(wrong)
    assert refused_or_done(found, CHOICES, lambda form: lambda name: is_chosen(form, name)) == []
    assert refused_or_done(found, TIMES, lambda form: lambda name: is_timed(form, name)) == []
