"""Neutral words, quiet hours, tries: the rules alone."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.clinic.messaging import rules, rules_words
from daybridge.clinic.messaging.rules import Permission, Shown, State, Via
from daybridge.clinic.messaging.rules_words import (
    WORDINGS,
    NotFilled,
    NotNeutral,
    Template,
    compose,
    telling,
    when_words,
)

NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
HOUSE = "Riverside Day Programme"
GOOD = {
    Template.TIME: {"when": "Thu 10:30"},
    Template.LOOK: {"when": "Thu 9:00"},
    Template.OFF: {"when": "Thu 9:00"},
    Template.CALL: {"name": "Nora", "phone": "555-0100"},
    Template.CODE: {"code": "482915", "minutes": "10"},
    Template.INVITATION: {"link": "https://page.example/i/abc"},
}
# written down here once more, on purpose: the list of the program may lose a word, this one not
BANNED = re.findall(r"\w+", """treatment test group counsellor counselor clinic drug alcohol recovery
    sober sobriety rehab therapy programme program IOP relapse addiction urine tratamiento prueba grupo
    consejera consejero clínica droga alcohol recuperación sobrio sobriedad rehabilitación terapia programa
    recaída adicción orina Riverside""")


def programmes_words(body: str) -> list[str]:
    return telling(body, programme=HOUSE)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("template", list(Template))
def test_every_template_in_every_language_tells_nothing(template, language):
    body = compose(template, language, GOOD[template], programme=HOUSE)
    assert programmes_words(body) == []
    assert not {word.casefold() for word in BANNED} & {part.strip(".,:").casefold() for part in body.split()}


def test_the_words_are_those_of_the_design():
    assert compose(Template.TIME, "en", GOOD[Template.TIME], programme=HOUSE) == (
        "Thu 10:30. Reply 1 for yes, 2 for another time"
    )
    assert compose(Template.TIME, "es", {"when": "jue 10:30"}, programme=HOUSE).startswith("jue 10:30.")
    assert compose(Template.TIME, "fr", GOOD[Template.TIME], programme=HOUSE).endswith("another time")


def test_both_languages_say_the_same_pieces():
    for wording in WORDINGS.values():
        assert set(wording.says) == set(rules_words.LANGUAGES)
        pieces = {tuple(sorted(set(re.findall(r"{(\w+)}", says))))
                  for says in wording.says.values()}
        assert len(pieces) == 1


@given(
    word=st.sampled_from(BANNED), upper=st.booleans(),
    before=st.sampled_from(["", "your ", "¡", "(", "Thu 10:30. "]),
    after=st.sampled_from(["", ".", ", please", ")", "!"]),
)
def test_a_banned_word_is_found_wherever_it_stands(word, upper, before, after):
    written = word.upper() if upper else word
    assert programmes_words(f"{before}{written}{after}")


@given(word=st.sampled_from(BANNED))
def test_a_name_that_tells_is_refused(word):
    with pytest.raises((NotNeutral, NotFilled)):
        compose(Template.CALL, "en", {"name": f"Nora {word}", "phone": "555-0100"}, programme=HOUSE)


@given(name=st.text(max_size=60), phone=st.text(max_size=25), language=st.sampled_from(["en", "es"]))
def test_whatever_is_filled_in_nothing_banned_comes_out(name, phone, language):
    try:
        body = compose(Template.CALL, language, {"name": name, "phone": phone}, programme=HOUSE)
    except (NotNeutral, NotFilled):
        return
    spoken = {part.strip(".,:'-").casefold() for part in body.split()}
    assert not spoken & {word.casefold() for word in BANNED}


@given(host=st.from_regex(r"[a-z]{0,6}(rehab|recovery|clinic|riverside|sobriety)[a-z]{0,6}", fullmatch=True))
def test_an_address_that_tells_is_refused(host):
    with pytest.raises(NotNeutral):
        compose(Template.INVITATION, "en", {"link": f"https://{host}.example/i"}, programme=HOUSE)


@pytest.mark.parametrize("name", ["Theresa", "José Soberanes", "Na Li", "O'Brien", "Anne-Marie", "Dr. Osei"])
def test_names_of_people_go_through(name):
    assert name in compose(Template.CALL, "en", {"name": name, "phone": "555-0100"}, programme=HOUSE)


@pytest.mark.parametrize("pieces", [
    {}, {"name": "Nora"}, {"name": "call me about your last result", "phone": "555-0100"},
    {"name": "Nora", "phone": "555-0100", "more": "x"}, {"name": "Nora\nBcc: x", "phone": "555-0100"},
])
def test_there_is_no_free_text(pieces):
    with pytest.raises(NotFilled):
        compose(Template.CALL, "en", pieces, programme=HOUSE)


def test_a_code_is_covered_for_the_house():
    assert "482915" not in rules_words.shown(Template.CODE, "en", GOOD[Template.CODE])


@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
       language=st.sampled_from(["en", "es"]))
def test_every_time_fits_its_template(moment, language):
    when = when_words(moment, NEW_YORK, language, at=AT)
    assert compose(Template.TIME, language, {"when": when}, programme=HOUSE).startswith(when)


def test_a_time_a_week_ahead_has_its_date():
    assert when_words(AT, NEW_YORK, "en", at=AT) == "Mon 12:00"
    assert when_words(AT + timedelta(days=7), NEW_YORK, "es", at=AT) == "lun 23 nov 12:00"


@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
       first=st.integers(18, 23), last=st.integers(6, 10))
def test_quiet_hours_end_once_and_soon(moment, first, last):
    quiet = rules.Quiet(NEW_YORK, first, last)
    after = quiet.after(moment)
    assert not quiet.holds(after)
    assert moment <= after <= moment + timedelta(hours=17)
    assert (after == moment) is not quiet.holds(moment)


@pytest.mark.parametrize(("clock", "held"), [(7, True), (8, False), (20, False), (21, True), (0, True)])
def test_quiet_hours_are_those_of_the_wall_clock(clock, held):
    moment = datetime(2026, 11, 16, clock, 0, tzinfo=NEW_YORK)
    assert rules.Quiet(NEW_YORK, 21, 8).holds(moment) is held


YES, NO = Permission(agreed=True, safe_at_home="yes"), Permission(agreed=False, safe_at_home="yes")


@pytest.mark.parametrize(("said", "provider", "why"), [
    ([YES], True, ""), ([NO, YES], True, ""), ([], True, rules.NO_CONTACT[Via.TEXT]),
    ([NO], True, rules.NOT_ALLOWED[Via.TEXT]), ([NO], False, rules.NOT_ALLOWED[Via.TEXT]),
    ([Permission(agreed=True, safe_at_home="no")], True, rules.NOT_SAFE),
    ([Permission(agreed=True, safe_at_home="not_asked")], True, rules.NOT_ASKED),
    ([YES], False, rules.NO_PROVIDER[Via.TEXT]),
])
def test_why_a_message_is_withheld(said, provider, why):
    assert rules.why_withheld(Via.TEXT, said, has_provider=provider) == why


def test_five_tries_further_and_further_apart():
    tries = [rules.next_try(count, AT) for count in range(1, 6)]
    assert tries[4] is None
    assert all(one < two for one, two in pairwise(tries[:4]))


def test_an_old_claim_is_not_known():
    ask = {"state": State.CLAIMED, "claimed_at": AT}
    assert rules.shown_state(**ask, error="", at=AT + timedelta(minutes=9)) is Shown.SENDING
    assert rules.shown_state(**ask, error="", at=AT + timedelta(minutes=10)) is Shown.UNKNOWN
    assert rules.shown_state(**ask, error="no answer", at=AT) is Shown.UNKNOWN
