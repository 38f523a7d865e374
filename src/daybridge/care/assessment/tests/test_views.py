"""The evaluation's page: sections, finishing, signing."""

import pytest
from django.urls import reverse
from tests.cast import PASSWORD

from daybridge.access import clock, identity
from daybridge.care.assessment import rules
from daybridge.care.assessment.commands import save_conditions
from daybridge.care.assessment.models import Evaluation, Need, Readiness, Reason
from daybridge.care.assessment.queries import evaluation_of
from daybridge.care.intake.tests.test_views import browser


def at(cast, name, *more):
    return reverse(f"assessment:{name}", args=[cast.maria.client_id, *more])


def begun(cast, first="nora"):
    page = browser(cast, first)
    page.post(at(cast, "start"))
    return page


def finished(cast):
    page = begun(cast)
    page.post(at(cast, "section", "safety"), {"self_harm": "no", "in_danger": "no"})
    page.post(at(cast, "section", "substances"), {"substance": "alcohol", "c0": "yes", "c1": "yes"})
    page.post(at(cast, "section", "medical"), {"found": "none", "version": 1})
    page.post(at(cast, "section", "mental"), {"found": "some", "words": "Low mood", "version": 2})
    page.post(at(cast, "section", "areas"), {f"rating_{area}": "1" for area in rules.AREAS})
    page.post(
        at(cast, "section", "criteria"),
        dict.fromkeys((*rules.BENEFITS, *rules.UNSUITED), "not_known"),
    )
    page.post(at(cast, "finish"))
    return page


def test_an_evaluation_that_is_not_begun_offers_to_begin(cast):
    page = browser(cast, "nora").get(at(cast, "evaluation")).content.decode()
    assert "Begin the evaluation" in page
    with identity.acting(cast.nora):
        assert not Evaluation.objects.exists()


@pytest.mark.parametrize(
    "section", ["safety", "substances", "medical", "mental", "areas", "criteria", "outside"]
)
def test_every_section_opens(cast, section):
    page = begun(cast).get(at(cast, "evaluation"), {"section": section})
    assert page.status_code == 200


def test_saving_a_section_leads_to_the_next_that_lacks_something(cast):
    answer = begun(cast).post(
        at(cast, "section", "substances"), {"substance": "alcohol", "c0": "yes"}
    )
    assert answer.headers["Location"].endswith("?section=medical&saved=substances")


def test_finish_lists_what_is_missing_with_links(cast):
    answer = begun(cast).post(at(cast, "finish"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="?section=mental">Mental conditions: not answered yet</a>' in page


def test_a_complete_evaluation_is_signed_with_the_password(cast):
    page = finished(cast)
    assert page.post(at(cast, "sign"), {"password": "wrong one here"}).status_code == 422

    assert page.post(at(cast, "sign"), {"password": PASSWORD}).status_code == 302
    row = evaluation_of(cast.nora, client_id=cast.maria.client_id)
    assert (row.state, row.signature.name) == ("signed", "Nora Feld")
    shown = page.get(at(cast, "evaluation")).content.decode()
    assert "Signed by Nora Feld" in shown
    assert "Low mood" in shown


def test_a_counsellor_in_training_is_told_who_signs(cast):
    from daybridge.access.relate import join_team  # noqa: PLC0415

    join_team(
        cast.helen,
        client_id=cast.maria.client_id,
        user_id=cast.iris.user_id,
        part="member",
        at=clock.now(),
    )
    finished(cast)
    answer = browser(cast, "iris").post(at(cast, "sign"), {"password": PASSWORD})
    assert answer.status_code == 422
    assert "needs a licence" in answer.content.decode()


def test_a_yes_on_self_harm_shows_the_steps_at_once(cast):
    page = begun(cast)
    answer = page.post(at(cast, "section", "safety"), {"self_harm": "yes"}, follow=True)
    assert "988 is at hand" in answer.content.decode()


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("medical", {"version": 1}),
        ("medical", {"found": "some", "version": 1}),
        ("mental", {"found": "x", "version": 1}),
        ("areas", {"rating_W": "5"}),
        ("substances", {"substance": "tea"}),
        ("criteria", {"weak_support": "perhaps"}),
        ("outside", {"source": "Lakeside", "made_on": "1 Jan 2020"}),
        ("outside", {"source": "a\x00b", "made_on": "2026-11-01"}),
        ("safety", {"self_harm": "?"}),
    ],
)
def test_wrong_input_is_said_at_its_section(cast, section, said):
    answer = begun(cast).post(at(cast, "section", section), said)
    assert answer.status_code == 422
    assert "needs a look" in answer.content.decode()


def test_the_second_writer_sees_both_versions(cast):
    page = begun(cast)
    row = evaluation_of(cast.nora, client_id=cast.maria.client_id)
    save_conditions(
        cast.osei,
        client_id=row.client_id,
        evaluation_id=row.evaluation_id,
        part="medical",
        found="some",
        words="Asthma",
        version=1,
        at=clock.now(),
    )
    answer = page.post(at(cast, "section", "medical"), {"found": "none", "version": 1})
    assert answer.status_code == 409
    assert "Asthma" in answer.content.decode()


def test_reasons_rulers_and_needs_are_kept_beside(cast):
    page = begun(cast)
    page.post(at(cast, "reason"), {"words": "My boys."})
    page.post(at(cast, "rulers"), {"importance": 9, "confidence": 5, "readiness": 7})
    page.post(at(cast, "need_add"), {"domain": "housing", "words": "A quiet room", "from": "evaluation"})
    with identity.acting(cast.nora):
        assert Need.objects.get().words == "A quiet room"
        assert (Reason.objects.get().words, Readiness.objects.get().readiness) == ("My boys.", 7)
    assert "A quiet room" in page.get(at(cast, "evaluation")).content.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reason", {"words": " "}),
        ("rulers", {"importance": 11, "confidence": 1, "readiness": 1}),
        ("need_add", {"domain": "moon", "words": "x"}),
        ("need_add", {}),
    ],
)
def test_a_small_form_that_lacks_something_says_so(cast, name, said):
    assert begun(cast).post(at(cast, name), said).status_code == 422


def test_no_name_stands_in_the_title(cast):
    page = begun(cast).get(at(cast, "evaluation")).content.decode()
    assert "Maria" not in page.split("<title>")[1].split("</title>")[0]


def test_the_evaluation_of_others_is_not_shown(cast):
    assert browser(cast, "paul").get(at(cast, "evaluation")).status_code == 403
    assert browser(cast, "fay").get(at(cast, "evaluation")).status_code == 403
