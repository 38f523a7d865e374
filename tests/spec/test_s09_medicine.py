"""S9 and P10 in figures: one record more moves each measure by one and names the client."""

from datetime import date, timedelta

import pytest

from daybridge.access import identity
from daybridge.care.instruments import commands as instruments
from daybridge.care.medical.commands import Value, name_need, observe, record_seen, strike
from daybridge.care.medical.commands_offers import begin, name_prescriber, offer, tell_prescriber
from daybridge.care.medical.commands_scales import record_scale
from daybridge.care.medical.queries import medical_needs_of, scales_of
from daybridge.care.medicines.commands import Entry, end_medicine, list_medicine
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window
from tests import story
from tests.story import MON, WEEK

BY_ID = {m.id: m for kept in EVERYTHING for m in kept.figures if m.read}
WINDOW = Window(date(2026, 11, 1), date(2026, 12, 20), MON + timedelta(days=35))
DAY = timedelta(days=1)


@pytest.fixture
def maria(cast):
    """Maria is admitted on a Monday with severe alcohol use disorder."""
    story.admitted(cast, cast.maria)
    return {"client_id": cast.maria.client_id}


def read(cast, measure, window=WINDOW):
    """Return numerator and denominator; every case is Maria's."""
    with identity.acting(cast.quinn, at=MON):
        found = BY_ID[measure].read(cast.quinn, window)
    assert {case.client_id for case in (*found.cases, *found.excluded)} <= {cast.maria.client_id}
    return found.proportion.numerator, found.proportion.denominator


def seen(cast, maria, at, **more):
    needs = [row.need_id for row in medical_needs_of(cast.osei, **maria)]
    record_seen(cast.osei, **maria, need_ids=needs, where="own", who="Dr Hale", words="", seen_at=at, at=at,
                **more)


@pytest.mark.parametrize(("urgency", "in_time", "late"), [
    ("within 14 days", 14 * DAY, 14 * DAY + timedelta(minutes=1)),
    ("within 72 hours", 3 * DAY, 3 * DAY + timedelta(minutes=1)),
    ("today", timedelta(hours=15), timedelta(hours=16, minutes=1)),
])
def test_s9_a_need_counts_when_it_is_seen_in_its_time(cast, maria, urgency, in_time, late):
    """14 days, 72 hours, the same local day: the last moment counts, the next one does not."""
    name_need(cast.ruth, **maria, words="Sugar", urgency=urgency, at=MON)
    assert read(cast, "S9") == (0, 1)
    seen(cast, maria, MON + in_time)
    assert read(cast, "S9") == (1, 1)
    name_need(cast.ruth, **maria, words="Wound", urgency=urgency, at=MON)
    assert read(cast, "S9") == (0, 1)
    seen(cast, maria, MON + late)
    assert read(cast, "S9") == (0, 1)


def test_s9_needs_come_from_the_answers_themselves(cast, maria):
    """A scale, and the nursing screen, show needs nobody typed in; a mistake taken back shows none."""
    assert medical_needs_of(cast.osei, **maria) == []
    record_scale(cast.ruth, **maria, kind="cows", points={str(n): 1 for n in (1, 2, 3)} | {
        "4": 2, "5": 4, "6": 4, "7": 0, "8": 0, "9": 0, "10": 0, "11": 0}, at=MON)
    wrong = observe(cast.ruth, **maria, kind="tb_symptoms", value=Value(choice="yes"), at=MON)
    found = {row.words: row.urgency for row in medical_needs_of(cast.osei, **maria)}
    assert found == {"Withdrawal, COWS 13": "today", "Symptoms of tuberculosis": "within 72 hours"}

    strike(cast.ruth, **maria, observation_id=wrong, why="another client", at=MON)
    assert [row.words for row in medical_needs_of(cast.osei, **maria)] == ["Withdrawal, COWS 13"]
    seen(cast, maria, MON + timedelta(hours=2))
    assert read(cast, "S9") == (1, 1)


def test_s9_a_scale_filled_as_a_form_counts_too(cast, maria):
    """COWS among the instruments shows the same need, and stands in the same line over time."""
    one = instruments.begin(cast.ruth, **maria, name="cows", at=MON)
    for n in range(1, 12):
        instruments.answer(cast.ruth, **maria, response_id=one, item=str(n), version=0, at=MON,
                           typed=["5" if n in {3, 4, 7} else "0"])
    instruments.finish(cast.ruth, **maria, response_id=one, at=MON)

    assert [(row.total, row.band) for row in scales_of(cast.nora, **maria)] == [(15, "moderate")]
    assert ("Withdrawal, COWS 15", "today") in {
        (row.words, row.urgency) for row in medical_needs_of(cast.osei, **maria)}


def test_s9_the_companion_counts_needs_by_evaluation(cast):
    """An evaluation with a body rated 3 shows one need, within 72 hours of signing."""
    story.inquire(cast, cast.maria, at=MON)
    story.evaluate(cast, cast.maria, at=MON, B=3)
    with identity.acting(cast.quinn, at=MON):
        (case,) = BY_ID["S9-found"].read(cast.quinn, WINDOW).cases
    assert (case.value, case.note) == (1.0, "evaluated by Dr Kwame Osei")
    (need,) = medical_needs_of(cast.osei, client_id=cast.maria.client_id)
    assert need.due_at == MON + 3 * DAY


def said(cast, maria, wish, at, **more):
    return offer(cast.osei, **maria, substance="alcohol", medicine="Naltrexone", wish=wish, at=at, **more)


def test_p10_an_offer_within_seven_days_counts(cast, maria):
    """For each disorder: an offer for another one does not help."""
    assert read(cast, "P10") == (0, 1)
    offer(cast.osei, **maria, substance="opioid", medicine="Buprenorphine", wish="wants", at=MON)
    said(cast, maria, "declined", MON + 8 * DAY)
    assert read(cast, "P10") == (0, 1)
    said(cast, maria, "declined", MON + 7 * DAY)
    assert read(cast, "P10") == (1, 1)


def test_p10_who_wants_it_begins_within_fourteen_days(cast, maria):
    """The fifteenth day is late; whoever changed their mind is left out, by name."""
    said(cast, maria, "wants", MON)
    said(cast, maria, "wants", MON + DAY)
    ids = {**maria, "substance": "alcohol", "medicine": "Naltrexone", "here": False, "prescriber": "Dr Hale"}
    assert read(cast, "P10-begun") == (0, 1)
    begin(cast.osei, **ids, begun_on=WEEK + 15 * DAY, at=MON + 16 * DAY)
    assert read(cast, "P10-begun") == (0, 1)
    begin(cast.osei, **ids, begun_on=WEEK + 14 * DAY, at=MON + 16 * DAY)
    assert read(cast, "P10-begun") == (1, 1)


def test_p10_a_changed_mind_is_left_out_and_asked_again(cast, maria):
    """The companion follows: asked again within 30 days."""
    said(cast, maria, "wants", MON)
    said(cast, maria, "not_now", MON + DAY, why="after the holidays")
    assert (read(cast, "P10-begun"), read(cast, "P10-again")) == ((0, 0), (0, 1))
    said(cast, maria, "wants", MON + 31 * DAY)
    assert read(cast, "P10-again") == (1, 1)


def test_p10_the_outside_prescriber_is_told_within_fourteen_days(cast, maria):
    """Only with consent is it a case; the fourteenth day is in time."""
    ids = {**maria, "name": "Dr Hale", "place": "Hillside"}
    one = name_prescriber(cast.osei, **ids, consent="not_asked", at=MON)
    assert read(cast, "P10-told") == (0, 0)
    name_prescriber(cast.osei, **ids, consent="yes", at=MON + DAY)
    assert read(cast, "P10-told") == (0, 1)
    tell_prescriber(cast.osei, **maria, outside_id=one, how="letter", at=MON + 15 * DAY)
    assert read(cast, "P10-told") == (1, 1)


def test_p10_continuity_bears_a_gap_of_a_week(cast, maria):
    """180 days on the list; eight days without it end the count."""
    later = Window(date(2026, 6, 1), date(2027, 6, 30), MON + timedelta(days=220))
    begin(cast.osei, **maria, substance="opioid", medicine="Suboxone", begun_on=WEEK, here=True,
          prescriber="Dr Osei", at=MON)
    assert read(cast, "P10-180", later) == (0, 1)
    one = list_medicine(cast.ruth, **maria, entry=Entry("Suboxone", "8 mg", since=WEEK), at=MON)
    assert read(cast, "P10-180", later) == (1, 1)
    end_medicine(cast.ruth, **maria, medicine_id=one, until=WEEK + 60 * DAY, why="ran out", version=1,
                 at=MON + 90 * DAY)
    assert read(cast, "P10-180", later) == (0, 1)
    list_medicine(cast.ruth, **maria, entry=Entry("Suboxone", "16 mg", since=WEEK + 68 * DAY),
                  at=MON + 90 * DAY)
    assert read(cast, "P10-180", later) == (1, 1)
