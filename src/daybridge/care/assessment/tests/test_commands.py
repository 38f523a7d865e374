"""The evaluation: part by part, resumed, finished, signed, unchangeable (S1)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOON

from daybridge.access import identity
from daybridge.access.gate import Conflict, Refused
from daybridge.care.assessment import rules
from daybridge.care.assessment.commands import (
    Incomplete,
    NotLicensed,
    Signed,
    TooOld,
    add_addendum,
    finish_evaluation,
    save_areas,
    save_conditions,
    save_criteria,
    save_self_harm,
    save_substance,
    sign_evaluation,
    start_evaluation,
    take_over_outside,
)
from daybridge.care.assessment.commands_person import (
    NothingSaid,
    end_reason,
    set_rulers,
    state_reason,
)
from daybridge.care.assessment.models import AreaRating, Evaluation, SubstanceRating
from daybridge.care.assessment.queries import (
    emergencies_of,
    evaluation_of,
    is_complete_and_signed,
    ratings_and_flags,
    readiness_of,
    reasons_of,
)
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands import take_inquiry
from daybridge.care.intake.queries import inquiry
from daybridge.clinic.tasks.models import Task

DAY = timedelta(days=1)
ELEVEN = ["yes"] * 6 + ["no"] * 5


def start(cast, actor=None, at=NOON):
    maria = cast.maria.client_id
    return maria, start_evaluation(actor or cast.nora, client_id=maria, at=at)


def fill(cast, maria, evaluation_id, at=NOON):
    who = {"client_id": maria, "evaluation_id": evaluation_id, "at": at}
    save_substance(cast.nora, substance="alcohol", answers=ELEVEN, **who)
    save_conditions(cast.nora, part="medical", found="none", version=1, **who)
    save_conditions(cast.nora, part="mental", found="some", words="Low mood", version=2, **who)
    save_areas(cast.nora, ratings=dict.fromkeys(rules.AREAS, (1, "")), **who)
    save_criteria(
        cast.nora,
        answers=dict.fromkeys((*rules.BENEFITS, *rules.UNSUITED), ("no", ""))
        | {"weak_support": ("yes", "Lives alone")},
        **who,
    )


def complete(cast):
    maria, evaluation_id = start(cast)
    fill(cast, maria, evaluation_id)
    finish_evaluation(cast.nora, client_id=maria, evaluation_id=evaluation_id, at=NOON)
    return maria, evaluation_id


def signed(cast):
    maria, evaluation_id = complete(cast)
    sign_evaluation(cast.nora, client_id=maria, evaluation_id=evaluation_id, shown="text", at=NOON)
    return maria, evaluation_id


def alerts(cast):
    with identity.acting(cast.helen):
        return sorted(Task.objects.filter(kind="alert").values_list("title", flat=True))


def test_an_evaluation_is_resumed_on_another_day(cast):
    maria, first = start(cast)
    _, second = start(cast, at=NOON + DAY)
    assert first == second
    assert evaluation_of(cast.nora, client_id=maria).visits == 2


def test_severity_is_counted_and_stored_with_its_scorer(cast):
    maria, evaluation_id = start(cast)
    save_substance(
        cast.nora,
        client_id=maria,
        evaluation_id=evaluation_id,
        substance="opioid",
        answers=["yes"] * 4 + ["no"] * 5 + ["yes", "yes"],
        as_prescribed=True,
        at=NOON,
    )

    row = evaluation_of(cast.nora, client_id=maria).substances[0]
    assert (row.count, row.severity) == (4, "moderate")
    with identity.acting(cast.nora):
        assert SubstanceRating.objects.get().scorer_version == rules.SCORER_VERSION


def test_the_same_substance_is_rated_again_not_twice(cast):
    maria, evaluation_id = start(cast)
    for answers in (["yes"] * 11, ["no"] * 11):
        save_substance(
            cast.nora,
            client_id=maria,
            evaluation_id=evaluation_id,
            substance="alcohol",
            answers=answers,
            at=NOON,
        )
    rows = evaluation_of(cast.nora, client_id=maria).substances
    assert [row.count for row in rows] == [0]


def test_finishing_names_exactly_what_is_missing(cast):
    maria, evaluation_id = start(cast)
    fill(cast, maria, evaluation_id)
    with identity.acting(cast.nora):
        Evaluation.objects.update(mental="")

    with pytest.raises(Incomplete) as refused:
        finish_evaluation(cast.nora, client_id=maria, evaluation_id=evaluation_id, at=NOON)
    assert [section for section, _ in refused.value.lacks] == ["mental"]


def test_a_finished_evaluation_tells_the_inquiry(cast):
    maria = cast.maria.client_id
    inquiry_id = take_inquiry(cast.sam, call=Call("phone"), client_id=maria, at=NOON)
    complete(cast)
    assert inquiry(cast.sam, client_id=maria, inquiry_id=inquiry_id, at=NOON).state == "evaluated"


def test_two_who_write_the_same_part_are_told_apart(cast):
    maria, evaluation_id = start(cast)
    who = {"client_id": maria, "evaluation_id": evaluation_id, "part": "medical", "at": NOON}
    save_conditions(cast.nora, found="some", words="Asthma", version=1, **who)
    with pytest.raises(Conflict) as clash:
        save_conditions(cast.osei, found="none", version=1, **who)
    assert clash.value.theirs["words"] == "Asthma"


def test_only_a_licensed_clinician_signs(cast):
    maria, evaluation_id = complete(cast)
    with pytest.raises(NotLicensed):
        sign_evaluation(cast.ruth, client_id=maria, evaluation_id=evaluation_id, shown="", at=NOON)
    assert not is_complete_and_signed(cast.nora, client_id=maria)


def test_the_signature_carries_the_licence(cast):
    maria, _ = signed(cast)
    line = evaluation_of(cast.nora, client_id=maria).signature
    assert (line.name, line.credential) == ("Nora Feld", "LCSW")
    assert line.licence.startswith("LCSW LCSW-100")
    assert is_complete_and_signed(cast.nora, client_id=maria)


def test_an_incomplete_evaluation_is_not_signed(cast):
    maria, evaluation_id = start(cast)
    with pytest.raises(Incomplete):
        sign_evaluation(cast.nora, client_id=maria, evaluation_id=evaluation_id, shown="", at=NOON)


def test_what_is_signed_takes_addenda_only(cast):
    maria, evaluation_id = signed(cast)
    with pytest.raises(Signed):
        save_self_harm(
            cast.nora, client_id=maria, evaluation_id=evaluation_id, answer="no", at=NOON
        )

    add_addendum(
        cast.nora,
        client_id=maria,
        evaluation_id=evaluation_id,
        words="She called: the asthma is old.",
        at=NOON + DAY,
    )
    assert evaluation_of(cast.nora, client_id=maria).addenda[0].by == "Nora Feld, LCSW"


@pytest.mark.parametrize(
    "change",
    [
        lambda pk: Evaluation.objects.filter(pk=pk).update(mental="none"),
        lambda pk: AreaRating.objects.filter(evaluation_id=pk).update(rating=0),
        lambda pk: SubstanceRating.objects.filter(evaluation_id=pk).update(count=0),
    ],
)
def test_the_database_refuses_to_change_what_is_signed(cast, change):
    _, evaluation_id = signed(cast)
    with (
        pytest.raises(IntegrityError, match="addendum"),
        transaction.atomic(),
        identity.acting(cast.nora),
    ):
        change(evaluation_id)


def test_the_database_refuses_to_add_a_part_to_what_is_signed(cast):
    maria, evaluation_id = signed(cast)
    with (
        pytest.raises(IntegrityError, match="addendum"),
        transaction.atomic(),
        identity.acting(cast.nora),
    ):
        SubstanceRating.objects.create(
            client_id=maria,
            evaluation_id=evaluation_id,
            substance="cocaine",
            answers=["no"] * 11,
            count=0,
            severity="none",
            scorer_version=1,
        )


@pytest.mark.parametrize("area", ["W", "B", "M"])
def test_a_4_in_w_b_or_m_opens_an_alert_at_once(cast, area):
    maria, evaluation_id = start(cast)
    save_areas(
        cast.nora, client_id=maria, evaluation_id=evaluation_id, ratings={area: (4, "")}, at=NOON
    )
    assert len(alerts(cast)) == 1
    assert emergencies_of(cast.nora, client_id=maria)[0].key == area


def test_a_4_in_other_areas_is_no_emergency(cast):
    maria, evaluation_id = start(cast)
    save_areas(
        cast.nora,
        client_id=maria,
        evaluation_id=evaluation_id,
        ratings={"R": (4, ""), "C": (4, ""), "E": (4, "")},
        at=NOON,
    )
    assert alerts(cast) == []


def test_danger_and_self_harm_open_an_alert_each_and_once(cast):
    maria, evaluation_id = start(cast)
    who = {"client_id": maria, "evaluation_id": evaluation_id, "at": NOON}
    for _ in range(2):
        save_criteria(cast.nora, answers={"imminent_danger": ("yes", "")}, **who)
        save_self_harm(cast.nora, answer="yes", **who)
    assert alerts(cast) == ["In imminent danger", "Thoughts of self-harm"]


@pytest.mark.parametrize(("days", "fits"), [(30, True), (31, False), (-1, False)])
def test_an_outside_evaluation_is_taken_over_for_30_days(cast, days, fits):
    maria, evaluation_id = start(cast)
    made_on = date(2026, 11, 16) - timedelta(days=days)
    if not fits:
        with pytest.raises(TooOld):
            take_over_outside(
                cast.nora,
                client_id=maria,
                evaluation_id=evaluation_id,
                source="Lakeside",
                made_on=made_on,
                at=NOON,
            )
        return
    take_over_outside(
        cast.nora,
        client_id=maria,
        evaluation_id=evaluation_id,
        source="Lakeside",
        made_on=made_on,
        at=NOON,
    )
    row = evaluation_of(cast.nora, client_id=maria)
    assert (row.outside_source, row.outside_reviewed_by) == ("Lakeside", "Nora Feld, LCSW")


def test_placement_gets_ratings_flags_and_whys(cast):
    maria, evaluation_id = start(cast)
    fill(cast, maria, evaluation_id)
    found = ratings_and_flags(cast.nora, client_id=maria)
    assert found.ratings == dict.fromkeys("WBMRCE", 1)
    assert (found.flags, found.whys) == (
        frozenset({"weak_support"}),
        {"weak_support": "Lives alone"},
    )


def test_a_counsellor_of_another_team_may_not_evaluate(cast):
    with pytest.raises(Refused):
        start(cast, cast.paul)


def test_intake_evaluates_only_who_waits(cast):
    from daybridge.access.relate import set_standing  # noqa: PLC0415

    start(cast, cast.sam)
    set_standing(cast.sam, client_id=cast.maria.client_id, kind="in_care", at=NOON)
    with pytest.raises(Refused):
        start(cast, cast.sam)


def test_reasons_are_the_clients_own_and_dated(cast):
    maria = cast.maria.client_id
    first = state_reason(cast.nora, client_id=maria, words="My boys.", at=NOON)
    state_reason(cast.maria.account, client_id=maria, words="To sleep again.", at=NOON + DAY)

    rows = reasons_of(cast.nora, client_id=maria)
    assert [(r.words, r.by_client) for r in rows] == [
        ("To sleep again.", True),
        ("My boys.", False),
    ]
    end_reason(cast.nora, client_id=maria, reason_id=first, at=NOON + DAY)
    assert [r.words for r in reasons_of(cast.nora, client_id=maria)] == ["To sleep again."]


def test_empty_words_are_no_reason(cast):
    with pytest.raises(NothingSaid):
        state_reason(cast.nora, client_id=cast.maria.client_id, words=" \x00 ", at=NOON)


def test_another_client_can_not_state_reasons_here(cast):
    with pytest.raises(Refused):
        state_reason(cast.andre.account, client_id=cast.maria.client_id, words="x", at=NOON)


def test_rulers_are_kept_by_day(cast):
    maria = cast.maria.client_id
    for days, ready in ((0, 4), (7, 6)):
        set_rulers(
            cast.nora,
            client_id=maria,
            importance=8,
            confidence=5,
            readiness=ready,
            at=NOON + days * DAY,
        )
    assert [row.readiness for row in readiness_of(cast.nora, client_id=maria)] == [4, 6]


@pytest.mark.parametrize("value", [-1, 11])
def test_a_ruler_ends_at_0_and_10(cast, value):
    with pytest.raises(ValueError, match="0 to 10"):
        set_rulers(
            cast.nora,
            client_id=cast.maria.client_id,
            importance=value,
            confidence=1,
            readiness=1,
            at=NOON,
        )
