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

from tests.bad_input.forms import DATED, TEXT
from tests.bad_input.nasty import CORPUS, body, chosen
from tests.cast import PASSWORD

URLENCODED = "application/x-www-form-urlencoded"
SHARE = 2
NEVER_WRONG = {"csrfmiddlewaretoken", "_key", "password"}
CHOICES = ["9" * 30, "abc", "", "-1", "0", "2147483648", "1.5", "\u0663", "\u00b2", "1e3", "null"]
TIMES = [
    "2026-02-31", "24:61", "12/13/14", "0001-01-01", "9999-12-31", "-5", "9" * 30, "soon",
    "2026-13-45T99:99", "0001-01-01T00:00", "9999-12-31T23:59", "1e9", "NaN", "Infinity", "\u00b2",
    "1.5", "99:99", "31 February", "2026-11-01T01:30", "2027-03-14T02:30", "-1e400",
]
LIKE = 6  # of the same kind of questions in a form, these meet wrong answers
CHOSEN = {"select", "hidden"}
TIMED = re.compile(r"minutes|hours|capacity|late-|early-|birth|made_on|_day|^day$|first|last$")
ANSWERS = {200, 302, 303, 400, 401, 403, 409, 422}
GIVEN_BACK = {400, 409, 422}
ERROR = re.compile(r'(?:class="db-error[^"]*"|role="alert")[^>]*>(.*?)</(?:p|div)>', re.DOTALL)


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


def with_wrong(form, wrong, only):
    """Yield a form's body with one field wrong at a time: each field, a share of the values."""
    sound = form.filled({}, password=PASSWORD)
    named = [name for name, _ in sound if name not in NEVER_WRONG and only(name)]
    for place, name in enumerate(dict.fromkeys(named)):
        for value in (wrong[0], *(wrong[(place * SHARE + n) % len(wrong)] for n in range(1, SHARE))):
            yield name, value, [(one, value if one == name else text) for one, text in sound]


def refused_or_done(every_form, wrong, only=lambda form: lambda name: True):
    """Return the forms that broke when a field held one of these values."""
    broken = []
    for first, browser, form in every_form:
        if not is_ours(form):
            continue
        for name, value, sent in with_wrong(form, wrong, only(form)):
            with transaction.atomic():
                answer = post(browser, form, sent)
                transaction.set_rollback(True)
            if answer.status_code not in ANSWERS | {404, 204}:
                broken.append(f"{first} {form.action} {name}={value!r}: {answer.status_code}")
    return broken


def test_no_choice_or_hidden_number_breaks_a_form(every_form, afresh):
    wrong = refused_or_done(every_form, CHOICES, lambda form: lambda name: is_chosen(form, name))
    assert wrong == [], "\n".join(wrong)


def test_no_date_time_or_number_breaks_a_form(every_form, afresh):
    wrong = refused_or_done(every_form, TIMES, lambda form: lambda name: is_timed(form, name))
    assert wrong == [], "\n".join(wrong)


def is_chosen(form, name) -> bool:
    """Tell whether a value is chosen or hidden; long rows of alike questions count once."""
    kinds = form.names(CHOSEN | {"radio", "checkbox"})
    return name not in form.names(TEXT) and name not in kinds[LIKE:]


def is_timed(form, name) -> bool:
    """Tell whether a field takes a day, a time or a number."""
    return name in form.names(DATED) or TIMED.search(name) is not None


def test_the_walk_finds_the_forms(every_form):
    """A walk that finds nothing would find nothing wrong."""
    views = {resolve(form.action.split("?")[0]).view_name for _, _, form in every_form}
    assert len(every_form) > 60
    assert {"intake:help", "assessment:section", "planning:plan", "hours:room"} <= views
