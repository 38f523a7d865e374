"""Every form of the application meets the corpus of nasty strings.

The forms are found, not listed: a form that is added tomorrow is met tomorrow. Never a broken
page; what comes back with an error still holds what was typed and says why in words; what is
stored is shown escaped.
"""

import html
import re

from django.core.cache import cache
from django.db import transaction
from django.urls import resolve

from tests.bad_input.forms import TEXT
from tests.bad_input.nasty import CORPUS, body, chosen
from tests.cast import PASSWORD

URLENCODED = "application/x-www-form-urlencoded"
SHARE = 3
ANSWERS = {200, 302, 303, 400, 401, 403, 409, 422}
GIVEN_BACK = {400, 409, 422}
ERROR = re.compile(r'(?:class="db-error[^"]*"|role="alert")[^>]*>(.*?)</(?:p|div)>', re.S)


def post(browser, form, sent):
    """Post a form in a savepoint; whatever it did is taken back."""
    return browser.post(form.action, body(sent), content_type=URLENCODED)


def is_ours(form) -> bool:
    """Tell whether the form is Daybridge's own: sign-in's are the library's."""
    return resolve(form.action.split("?")[0]).func.__module__.startswith("daybridge.")


def as_shown(text: str) -> str:
    """Return text as the page holds it: read as UTF-8, escaped, line ends made one."""
    read = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return _lines(html.escape(read))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lost(page: str, typed: dict[str, str]) -> list[str]:
    """Return the fields whose words the page no longer holds."""
    whole = _lines(page)
    return [name for name, text in typed.items() if text.strip() and as_shown(text) not in whole]


def problems(browser, first, form, name):
    """Post one nasty string into every text field of a form; return what went wrong."""
    cache.clear()
    kinds = TEXT if is_ours(form) else TEXT | {"password"}
    typed = dict.fromkeys(form.names(kinds), CORPUS[name])
    with transaction.atomic():
        answer = post(browser, form, form.filled(typed, password=PASSWORD))
        found = list(judge(browser, form, answer, typed))
        transaction.set_rollback(True)
    return [f"{first} {form.action} {name}: {what}" for what in found]


def judge(browser, form, answer, typed):
    """Yield what is wrong with an answer."""
    page = answer.content.decode(errors="replace")
    if answer.status_code not in ANSWERS:
        yield f"answered {answer.status_code}"
    elif answer.status_code in GIVEN_BACK:
        said = " ".join(re.sub(r"<[^>]+>", " ", words).strip() for words in ERROR.findall(page))
        if len(said.split()) < 2:
            yield "does not say why in words"
        if is_ours(form) and lost(page, typed):
            yield f"lost {lost(page, typed)}"
    elif answer.status_code in {302, 303}:
        page = browser.get(answer.headers["Location"], follow=True).content.decode()
    if "<script>alert" in page or "<img src=x" in page:
        yield "shows what was typed as markup"


def test_every_form_survives_every_kind_of_text(every_form, afresh):
    wrong = []
    written = [entry for entry in every_form if entry[2].names(TEXT)]
    for number, (first, browser, form) in enumerate(written):
        for name in chosen(number, SHARE):
            wrong += problems(browser, first, form, name)
    assert wrong == [], "\n".join(wrong)


def test_the_walk_finds_the_forms(every_form):
    """A walk that finds nothing would find nothing wrong."""
    views = {resolve(form.action.split("?")[0]).view_name for _, _, form in every_form}
    assert len(every_form) > 60
    assert {"intake:help", "assessment:section", "planning:plan", "hours:room"} <= views
