"""P10. Medical treatment when it is indicated."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.access.gate import Refused
from daybridge.care.medical.commands import NotPossible as NotPossibleHere
from daybridge.care.medical.commands import Value, observe
from daybridge.care.medical.commands_checks import answer_warning
from daybridge.care.medical.commands_offers import name_prescriber, offer, tell_prescriber
from daybridge.care.medical.commands_scales import record_scale
from daybridge.care.medical.queries_checks import stops_open, warning, warnings_of
from daybridge.care.medical.queries_first import to_see
from daybridge.care.medicines.commands import (
    Entry,
    NotPossible,
    change_dose,
    consider,
    end_medicine,
    list_allergy,
    list_medicine,
    say_none,
    settle_considered,
)
from daybridge.care.medicines.commands_kits import give_kit, receive_kits
from daybridge.care.medicines.queries import allergies_of, ended_of, lots, medicines_of
from daybridge.care.medicines.rules import Known
from daybridge.care.placement.commands import end_stay
from daybridge.clinic.tasks.queries import tasks_of
from tests import story
from tests.story import MON, WEEK


@pytest.fixture
def maria(cast):
    story.admitted(cast, cast.maria)
    return {"client_id": cast.maria.client_id}


def test_what_waits_for_somebody_who_left_stays_in_the_chart_alone(cast, maria):
    """The physician's list is of those who are in care or about to be; the stop itself stays open."""
    consider(cast.osei, **maria, name="naltrexone", prescriber="Dr Kwame Osei", here=True, at=MON)
    assert stops_open(cast.osei)

    end_stay(cast.osei, **maria, reason="left early, own decision", words="", client_view="It was too much.",
             way_back="She calls Nora.", at=MON + timedelta(days=1))

    assert stops_open(cast.osei) == []
    assert [row for row in warnings_of(cast.osei, **maria) if row.is_open]
    assert to_see(cast.osei, at=MON + timedelta(days=2)) == []


def rules_of(rows):
    return {row.rule for row in rows}


def titles(cast, maria):
    return [row.title for row in tasks_of(cast.osei, **maria, at=MON)]


def test_naltrexone_considered_with_an_opioid_waits_for_a_prescriber(cast, maria):
    """The stop names what it saw, is on the prescriber's list and a task of theirs, until answered."""
    list_medicine(cast.ruth, **maria, entry=Entry("Percocet", "5 mg", prescriber="Dr Hale"), at=MON)
    consider(cast.osei, **maria, name="naltrexone", prescriber="Dr Kwame Osei", here=True, at=MON)
    stop = next(row for row in stops_open(cast.osei) if row.rule == "naltrexone-opioid")

    assert stop.planned == "naltrexone"
    assert stop.because == ("naltrexone considered", "takes Percocet")
    assert "A medical warning waits for an answer" in titles(cast, maria)

    answer_warning(cast.osei, **maria, warned_id=stop.warned_id, decision="not_started",
                   reason="Percocet until Friday; challenge test after 10 days.", at=MON)

    answered = next(row for row in warnings_of(cast.osei, **maria) if row.warned_id == stop.warned_id)
    assert answered.answer.name == "Dr Kwame Osei"
    assert stop.warned_id not in {row.warned_id for row in stops_open(cast.osei)}


def test_only_a_prescriber_answers_and_never_without_a_reason(cast, maria):
    """A nurse and a counsellor are refused; an empty reason is no answer; a second answer is none."""
    consider(cast.ruth, **maria, name="acamprosate", prescriber="Dr Hale", here=False, at=MON)
    stop = next(row for row in stops_open(cast.osei) if row.rule == "acamprosate-kidney")
    assert stop.words == "Can't check: no kidney value in the last year."
    ids = {**maria, "warned_id": stop.warned_id, "decision": "being_checked", "at": MON}

    for who in (cast.ruth, cast.nora):
        with pytest.raises(Refused):
            answer_warning(who, **ids, reason="It is fine.")
    with pytest.raises(NotPossibleHere, match="reason"):
        answer_warning(cast.osei, **ids, reason=" ")
    answer_warning(cast.osei, **ids, reason="Creatinine ordered for tomorrow.")
    with pytest.raises(NotPossibleHere, match="already"):
        answer_warning(cast.osei, **ids, reason="Once more.")


def test_the_same_facts_warn_once_and_new_facts_warn_anew(cast, maria):
    """A value that arrives lets the old warning lapse, with its task; the record keeps both."""
    consider(cast.osei, **maria, name="acamprosate", prescriber="Dr Osei", here=True, at=MON)
    observe(cast.ruth, **maria, kind="pulse", value=Value(72), at=MON)
    before = [row for row in warnings_of(cast.osei, **maria) if row.rule.startswith("acamprosate")]
    observe(cast.ruth, **maria, kind="kidney", value=Value(28), source="laboratory", at=MON)
    after = [row for row in warnings_of(cast.osei, **maria) if row.rule.startswith("acamprosate")]

    assert (len(before), before[0].missing) == (1, ("no kidney value in the last year",))
    assert [(row.rule, row.missing) for row in after] == [("acamprosate-kidney", ())]
    assert warning(cast.osei, **maria, warned_id=before[0].warned_id).lapsed_at == MON
    assert titles(cast, maria).count("A medical warning waits for an answer") == len(stops_open(cast.osei))


def test_a_new_fact_warns_about_a_medicine_taken_for_long(cast, maria):
    """Maria takes methadone; weeks later her ECG comes: an alert, now."""
    list_medicine(cast.ruth, **maria, entry=Entry("methadone", "80 mg"), at=MON)
    observe(cast.ruth, **maria, kind="qtc", value=Value(430), source="laboratory", at=MON)
    assert "methadone-qt-urgent" not in rules_of(warnings_of(cast.osei, **maria))

    later = MON + timedelta(days=21)
    observe(cast.ruth, **maria, kind="qtc", value=Value(512), source="laboratory", at=later)

    assert "methadone-qt-urgent" in rules_of(warnings_of(cast.osei, **maria))
    assert "A medical warning needs a physician now" in titles(cast, maria)


def test_not_asked_none_known_and_none_now_are_told_apart(cast, maria):
    """With who asked and when; what has ended stays readable, what was a mistake says so."""
    assert medicines_of(cast.nora, **maria).state is Known.NOT_ASKED
    say_none(cast.ruth, **maria, what="allergies", at=MON)
    found = allergies_of(cast.nora, **maria)
    assert (found.state, found.asked_by) == (Known.NONE, "Ruth Bell, RN")

    one = list_medicine(cast.ruth, **maria, entry=Entry("Zoloft", "50 mg", since=WEEK), at=MON)
    assert list_medicine(cast.ruth, **maria, entry=Entry("zoloft", "50 mg"), at=MON) == one
    with pytest.raises(NotPossible, match="End them first"):
        say_none(cast.ruth, **maria, what="medicines", at=MON)
    two = change_dose(cast.ruth, **maria, medicine_id=one, dose="100 mg", how_often="daily",
                      from_day=WEEK, version=1, at=MON)
    end_medicine(cast.ruth, **maria, medicine_id=two, until=WEEK, why="headaches", version=1, at=MON)

    assert medicines_of(cast.nora, **maria).state is Known.ENDED
    assert [row.end_why for row in ended_of(cast.nora, **maria)] == ["headaches", "dose changed"]


def test_the_record_of_medicines_is_never_emptied(cast, maria):
    """Raw SQL as the program's login can neither remove a medicine nor change a warning."""
    list_medicine(cast.ruth, **maria, entry=Entry("methadone"), at=MON)
    list_allergy(cast.ruth, **maria, to="penicillin", reaction="hives", severity="severe", at=MON)
    for sql in ("DELETE FROM medicines_medicine", "DELETE FROM medicines_allergy",
                "UPDATE medical_warned SET words = 'fine'", "DELETE FROM medical_warned",
                "UPDATE medical_observation SET number = 1", "DELETE FROM medical_offer"):
        with pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.osei), \
                connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_kit_in_hand_leaves_the_house_and_settles_the_reminder(cast, maria):
    """The last kit of a lot can be given once; the reminder lapses; expired kits stay out."""
    lot = receive_kits(cast.ruth, lot="A77", expires_on=WEEK + timedelta(days=300), number=1, at=MON)
    assert "naloxone" in rules_of(warnings_of(cast.osei, **maria))
    give_kit(cast.ruth, **maria, lot_id=lot, client_taught=True, supporters_taught="Ana", at=MON)

    assert [row.left for row in lots(cast.nora)] == [0]
    assert "naloxone" not in rules_of(warnings_of(cast.osei, **maria))
    with pytest.raises(NotPossible, match="another lot"):
        give_kit(cast.ruth, **maria, lot_id=lot, client_taught=True, supporters_taught="", at=MON)
    with pytest.raises(NotPossible, match="expired"):
        receive_kits(cast.ruth, lot="B1", expires_on=WEEK - timedelta(days=1), number=5, at=MON)


def test_who_says_not_now_is_asked_again(cast, maria):
    """The offer settles the reminder, and the day to ask again stands."""
    assert "offer-alcohol" in rules_of(warnings_of(cast.osei, **maria))
    offer(cast.osei, **maria, substance="alcohol", medicine="Naltrexone", wish="not_now", why="wants to wait",
          at=MON)
    assert "offer-alcohol" not in rules_of(warnings_of(cast.osei, **maria))


def test_an_outside_prescriber_is_told_only_with_consent(cast, maria):
    """Without the client's yes nothing is told, by the command and by the database."""
    one = name_prescriber(cast.osei, **maria, name="Dr Hale", place="Hillside", consent="no", at=MON)
    with pytest.raises(NotPossibleHere, match="Ask first"):
        tell_prescriber(cast.osei, **maria, outside_id=one, how="letter", at=MON)
    with pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.osei), \
            connection.cursor() as cursor:
        cursor.execute("UPDATE medical_outsideprescriber SET told_at = now()")


def test_withdrawal_that_cannot_wait_opens_an_alert_at_once(cast, maria):
    """CIWA-Ar 10: a physician now. An item not looked at gives no total, but its alert all the same."""
    record_scale(cast.ruth, **maria, kind="ciwa_ar", points={"8": 4}, at=MON)
    assert "Withdrawal: a physician now" in titles(cast, maria)
    with pytest.raises(NotPossibleHere, match="not allowed"):
        record_scale(cast.ruth, **maria, kind="cows", points={"1": 3}, at=MON)


def test_a_thought_that_begins_is_on_the_list(cast, maria):
    """What is begun is listed with its day; the start's own warnings lapse."""
    one = consider(cast.osei, **maria, name="Vivitrol", prescriber="Dr Osei", here=True, at=MON)
    settle_considered(cast.osei, **maria, considered_id=one, outcome="begun", at=MON)
    (row,) = medicines_of(cast.nora, **maria).rows

    assert (row.name, row.since, row.source) == ("Vivitrol", WEEK, "prescribed by our physician")
    assert {one.planned for one in warnings_of(cast.osei, **maria)} == {""}
