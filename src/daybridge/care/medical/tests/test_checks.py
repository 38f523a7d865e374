"""Every safety check at its boundaries; a missing fact is never silence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.medical.checks import check, everything, rules
from daybridge.care.medical.facts_seen import Allergic, Facts, Planned, Seen, Taken
from daybridge.care.medicines.rules import classify

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def number(value, *, age=DAY):
    return (Seen(NOW - age, number=value),)


def choice(word, *, age=timedelta(hours=1)):
    return (Seen(NOW - age, choice=word),)


def used(ago, *, asked=timedelta()):
    return (Seen(NOW - asked, moment=NOW - ago),)


NEVER = (Seen(NOW, choice="never"),)
CALM = {
    "opioid_use": NEVER, "alcohol_use": NEVER, "sedative_use": NEVER, "opioid_test": choice("negative"),
    "sedative_withdrawal": choice("no"), "withdrawal_danger": choice("no"),
    "complicated_withdrawal": choice("no"), "pregnancy": choice("no"), "qtc": number(420),
    "liver": number(1), "kidney": number(95), "hepatitis": choice("no"), "heart_disease": choice("no"),
    "psychosis": choice("no"), "seizures": choice("no"), "eating_disorder": choice("no"),
    "cows": number(14, age=timedelta(hours=1)), "ciwa_ar": number(3, age=timedelta(hours=1)),
}
WELL = Facts(medicines_known=True, allergies_known=True, seen=CALM, evaluated=True,
             kits_until=((NOW + 365 * DAY).date(),))


def taken(*names, prescriber="Dr A"):
    return tuple(Taken(name, classify(name), prescriber) for name in names)


def facts(*names, seen=None, **more):
    return replace(WELL, taken=taken(*names), seen=CALM | (seen or {}), **more)


def plan(name):
    return Planned(name, classify(name))


def fired(found):
    return {one.rule: one.severity.value for one in found if one.can_check}


def unchecked(found):
    return {one.rule for one in found if not one.can_check}


def ended(name, days):
    return (Taken(name, classify(name), "Dr A", until=(NOW - days * DAY).date()),)


OUD, AUD = {"opioid": "severe"}, {"alcohol": "moderate"}
OFFERED = frozenset({"opioid", "alcohol"})
# rule, severity, planned, facts on which it warns, facts just beyond on which it does not
TABLE = [
    ("naltrexone-opioid", "stop", "Vivitrol", facts(seen={"opioid_use": used(10 * DAY)}),
     facts(seen={"opioid_use": used(10 * DAY + timedelta(minutes=1))})),
    ("naltrexone-opioid", "stop", "naltrexone", facts(seen={"opioid_test": choice("positive", age=10 * DAY)}),
     facts(seen={"opioid_test": choice("negative", age=10 * DAY)})),
    ("naltrexone-opioid", "stop", "naltrexone", facts("Percocet"), facts("ibuprofen")),
    ("naltrexone-opioid", "stop", None, facts("naltrexone", "tramadol"), facts("naltrexone")),
    ("naltrexone-methadone-buprenorphine", "stop", "naltrexone", facts(ended=ended("methadone", 14)),
     facts(ended=ended("methadone", 15))),
    ("naltrexone-methadone-buprenorphine", "stop", "naltrexone", facts("Suboxone"), facts("Zoloft")),
    ("naltrexone-ended", "warn", None, facts(ended=ended("Vivitrol", 60), disorders=OUD, offered=OFFERED),
     facts(ended=ended("Vivitrol", 61), disorders=OUD, offered=OFFERED)),
    ("buprenorphine-precipitated", "warn", "Suboxone",
     facts(seen={"opioid_use": used(72 * timedelta(hours=1)), "cows": number(11, age=DAY)}),
     facts(seen={"opioid_use": used(72 * timedelta(hours=1)), "cows": number(12, age=DAY)})),
    ("buprenorphine-precipitated", "warn", "Suboxone",
     facts(seen={"opioid_use": used(72 * timedelta(hours=1)), "cows": number(5)}),
     facts(seen={"opioid_use": used(73 * timedelta(hours=1)), "cows": number(5)})),
    ("opioid-sedative", "warn", None, facts("methadone", "Xanax"), facts("methadone")),
    ("opioid-sedative", "warn", "gabapentin", facts("Suboxone"), facts("Zoloft")),
    ("opioid-sedative", "warn", None, facts("Suboxone", seen={"alcohol_use": used(30 * DAY)}),
     facts("Suboxone", seen={"alcohol_use": used(31 * DAY)})),
    ("opioid-sedative", "warn", None, facts("ambien", seen={"opioid_use": used(30 * DAY)}),
     facts("ambien", seen={"opioid_use": used(31 * DAY)})),
    ("methadone-qt", "warn", "methadone", facts(seen={"qtc": number(451)}), facts(seen={"qtc": number(450)})),
    ("methadone-qt", "warn", None, facts("methadone", "citalopram"), facts("methadone", "sertraline")),
    ("methadone-qt-urgent", "stop", None, facts("methadone", seen={"qtc": number(501)}),
     facts("methadone", seen={"qtc": number(500)})),
    ("disulfiram-reaction", "stop", "Antabuse", facts(seen={"alcohol_use": used(timedelta(hours=12))}),
     facts(seen={"alcohol_use": used(timedelta(hours=12, minutes=1))})),
    ("disulfiram-reaction", "stop", None, facts("disulfiram", "Flagyl"), facts("disulfiram")),
    ("disulfiram-reaction", "stop", "disulfiram", facts(seen={"heart_disease": choice("yes")}), facts()),
    ("disulfiram-reaction", "stop", "disulfiram", facts(seen={"psychosis": choice("yes")}), facts()),
    ("liver", "warn", "naltrexone", facts(seen={"liver": number(3.1)}), facts(seen={"liver": number(3)})),
    ("liver", "warn", None, facts("disulfiram", seen={"hepatitis": choice("yes")}), facts("disulfiram")),
    ("acamprosate-kidney", "stop", "acamprosate", facts(seen={"kidney": number(30)}),
     facts(seen={"kidney": number(30.1)})),
    ("acamprosate-kidney-half", "warn", None, facts("Campral", seen={"kidney": number(50)}),
     facts("Campral", seen={"kidney": number(50.1)})),
    ("acamprosate-kidney-half", "warn", "acamprosate", facts(seen={"kidney": number(31)}),
     facts(seen={"kidney": number(29)})),
    ("varenicline-kidney", "warn", "Chantix", facts(seen={"kidney": number(29.9)}),
     facts(seen={"kidney": number(30)})),
    ("seizure-risk", "stop", "bupropion", facts(seen={"seizures": choice("yes")}), facts()),
    ("seizure-risk", "stop", "tramadol", facts(seen={"sedative_withdrawal": choice("yes")}), facts()),
    ("seizure-risk", "stop", None, facts("Wellbutrin", seen={"ciwa_ar": number(10)}),
     facts("Wellbutrin", seen={"ciwa_ar": number(9)})),
    ("bupropion-eating", "stop", "bupropion", facts(seen={"eating_disorder": choice("yes")}), facts()),
    ("pregnancy-opioid", "stop", None,
     facts(seen={"pregnancy": choice("yes")}, disorders={"opioid": "mild"}, offered=OFFERED),
     facts(seen={"pregnancy": choice("yes")}, disorders={"opioid": "none"})),
    ("pregnancy-opioid", "stop", None,
     facts(seen={"pregnancy": choice("yes")}, disorders=OUD, offered=OFFERED),
     facts(seen={"pregnancy": choice("not possible", age=400 * DAY)}, disorders=OUD, offered=OFFERED)),
    ("pregnancy-disulfiram", "stop", "disulfiram", facts(seen={"pregnancy": choice("yes")}), facts()),
    ("withdrawal-emergency", "stop", None,
     facts(seen={"sedative_withdrawal": choice("yes"), "withdrawal_danger": choice("yes")}),
     facts(seen={"sedative_withdrawal": choice("yes")})),
    ("withdrawal-emergency", "stop", None,
     facts(seen={"ciwa_ar": number(10), "complicated_withdrawal": choice("yes")}),
     facts(seen={"ciwa_ar": number(9), "complicated_withdrawal": choice("yes")})),
    ("offer-opioid", "remind", None, facts(disorders={"opioid": "mild"}),
     facts(disorders={"opioid": "mild"}, offered=frozenset({"opioid"}))),
    ("offer-alcohol", "remind", None, facts(disorders=AUD), facts(disorders={"alcohol": "mild"})),
    ("naloxone", "remind", None, replace(WELL, kits_until=((NOW - DAY).date(),)),
     replace(WELL, kits_until=(NOW.date(),))),
    ("two-prescribers", "warn", None,
     replace(WELL, taken=(*taken("Xanax"), *taken("Valium", prescriber="Dr B"))), facts("Xanax", "Valium")),
    ("allergy", "warn", "naltrexone", replace(WELL, allergies=(Allergic("Vivitrol", classify("Vivitrol")),)),
     replace(WELL, allergies=(Allergic("penicillin", None),))),
    ("allergy", "warn", None,
     replace(facts("ibuprofen 400"), allergies=(Allergic("Ibuprofen", frozenset()),)),
     facts("ibuprofen 400")),
]


@pytest.mark.parametrize(("rule", "severity", "planned", "warns", "beyond"), TABLE, ids=lambda v: str(v)[:24])
def test_each_check_warns_at_its_boundary_and_not_beyond(rule, severity, planned, warns, beyond):
    start = plan(planned) if planned else None
    assert fired(check(warns, start, NOW)).get(rule) == severity
    assert rule not in fired(check(beyond, start, NOW))


def test_every_check_of_the_file_has_a_boundary_above():
    assert {row[0] for row in TABLE} == set(rules())


@pytest.mark.parametrize("planned", [None, "naltrexone", "acamprosate"])
def test_somebody_well_and_asked_is_left_in_peace(planned):
    assert check(WELL, plan(planned) if planned else None, NOW) == []


# what a start needs to know: medicine, kind that nobody has seen, the words that must stand there
NEEDED = [
    ("acamprosate", "kidney", "no kidney value"), ("varenicline", "kidney", "no kidney value"),
    ("naltrexone", "opioid_use", "last opioid use not asked"),
    ("naltrexone", "opioid_test", "no opioid test"),
    ("naltrexone", "liver", "no liver value"), ("methadone", "qtc", "no ECG"),
    ("disulfiram", "alcohol_use", "last drink not asked"),
    ("disulfiram", "pregnancy", "pregnancy not known"),
    ("disulfiram", "heart_disease", "heart disease not asked"),
    ("bupropion", "seizures", "seizures not asked"),
    ("bupropion", "eating_disorder", "eating disorder not asked"),
]


@pytest.mark.parametrize(("medicine", "kind", "words"), NEEDED)
def test_a_missing_value_is_said_and_a_stale_one_is_missing(medicine, kind, words):
    gone = replace(WELL, seen={key: rows for key, rows in CALM.items() if key != kind})
    old = replace(WELL, seen=CALM | {kind: (replace(CALM[kind][0], at=NOW - 366 * DAY),)})
    said = " ".join(one.title for one in check(gone, plan(medicine), NOW))
    assert f"Can't check: {words}" in said or words in said
    if kind not in {"heart_disease", "seizures", "eating_disorder"}:  # these don't age
        assert words in " ".join(one.title for one in check(old, plan(medicine), NOW))


def test_buprenorphine_without_a_cows_says_so():
    start = facts(seen={"opioid_use": used(DAY), "cows": number(5, age=timedelta(hours=25))})
    assert "buprenorphine-precipitated" in unchecked(check(start, plan("Suboxone"), NOW))


@pytest.mark.parametrize("gone", [
    {"medicines_known": False}, {"evaluated": False}, {"allergies_known": False},
])
def test_a_list_nobody_asked_for_is_missing(gone):
    assert unchecked(check(replace(WELL, **gone), plan("naltrexone"), NOW))


def test_a_medicine_of_no_known_kind_is_said():
    found = check(replace(WELL, taken=(Taken("Xyz 10", None),)), plan("naltrexone"), NOW)
    assert any("what kind of medicine Xyz 10 is" in one.missing for one in found)


def test_a_check_that_is_about_a_start_names_the_medicine():
    found = everything(facts("Percocet"), [plan("naltrexone"), plan("Campral")], NOW)
    (stop,) = [one for one in found if one.rule == "naltrexone-opioid"]
    assert (stop.planned, stop.can_check, stop.matters) == ("naltrexone", True, True)
    assert len({one.digest for one in found}) == len(found)


KINDS = sorted(CALM)
MEDICINES = ["naltrexone", "methadone", "Suboxone", "Antabuse", "Campral", "Chantix", "Wellbutrin", "Xanax",
             "Percocet", "Flagyl", "citalopram", "aspirin"]
VALUES = {
    "yes": choice("yes"), "no": choice("no"), "positive": choice("positive"), "low": number(5),
    "high": number(600, age=timedelta(hours=1)), "lately": used(timedelta(hours=2)), "never": NEVER,
}


@st.composite
def anybody(draw):
    """Draw facts: some known, some not."""
    seen = draw(st.dictionaries(st.sampled_from(KINDS), st.sampled_from(sorted(VALUES)), max_size=8))
    return Facts(
        taken=taken(*draw(st.sets(st.sampled_from(MEDICINES), max_size=4))),
        medicines_known=draw(st.booleans()), allergies_known=draw(st.booleans()),
        seen={kind: VALUES[value] for kind, value in seen.items()}, evaluated=draw(st.booleans()),
        disorders=draw(st.sampled_from([{}, OUD, AUD, OUD | AUD])),
    )


@given(anybody(), st.sampled_from([None, *MEDICINES]), st.sampled_from(KINDS), st.data())
def test_forgetting_a_fact_never_turns_a_warning_into_silence(one, planned, kind, data):
    """Less known: a check that spoke still speaks, be it to say that it can't check."""
    start = plan(planned) if planned else None
    less = data.draw(st.sampled_from([
        replace(one, seen={key: rows for key, rows in one.seen.items() if key != kind or key == "ciwa_ar"}),
        replace(one, taken=(), medicines_known=False), replace(one, disorders={}, evaluated=False),
        replace(one, allergies_known=False),
    ]))
    before = {found.family for found in check(one, start, NOW)}
    assert before <= {found.family for found in check(less, start, NOW)}


@given(anybody(), st.sampled_from([None, *MEDICINES]))
def test_a_check_says_what_it_saw_or_what_is_missing(one, planned):
    for found in check(one, plan(planned) if planned else None, NOW):
        assert found.because or found.missing or found.rule == "naloxone"
        assert found.can_check or found.title.startswith("Can't check: ")
        assert found.words_es
