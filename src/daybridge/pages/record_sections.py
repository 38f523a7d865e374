"""What stands in a copy of the record: one section a data class, read by the same queries as the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.policy import DataClass as D
from daybridge.care.assessment.queries import evaluation_of, reasons_of
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.hours.queries import presence_between
from daybridge.care.instruments.panels import title_of
from daybridge.care.instruments.queries import scores_of
from daybridge.care.medical.queries import medical_needs_of, observations_of, scales_of
from daybridge.care.medicines.queries import allergies_of, ended_of, medicines_of
from daybridge.care.notes.queries import notes_of, words_of
from daybridge.care.placement.queries import decision_of, levels_of, papers_of
from daybridge.care.placement.queries_payer import payers_of
from daybridge.care.placement.queries_stage import stages_of
from daybridge.care.planning.queries import plan, versions
from daybridge.care.planning.rows import PlanRow
from daybridge.care.schedule.queries_free import session_lines
from daybridge.clinic.people.queries import contact_of, identity_of, name_of, profile_of
from daybridge.clinic.referrals.queries import referrals_of
from daybridge.documents.queries import consents_of, disclosures_of

EVER = timedelta(days=366 * 60)
MOST_NOTES = 5000


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a section: what it is, and lines of label and words (no label: words alone)."""

    head: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """Who makes the copy, of whom, as of when, and how a moment is written."""

    viewer: Actor
    client_id: int
    at: datetime
    on: Callable[[date | datetime | None], str]


Section = tuple[D, Callable[[Asking], list[Item]]]


def _lines(*pairs: tuple[str, object]) -> tuple[tuple[str, str], ...]:
    """Return the lines that hold something."""
    return tuple((label, str(words).strip()) for label, words in pairs if words and str(words).strip())


def _person(ask: Asking) -> list[Item]:
    name = name_of(ask.viewer, client_id=ask.client_id)
    return [Item(name.name, _lines(("", name.pronouns)))]


def _identity(ask: Asking) -> list[Item]:
    one = identity_of(ask.viewer, client_id=ask.client_id)
    return [Item(one.legal_name, _lines(("", one.former_names), ("Birth date", ask.on(one.birth_date))))]


def _contact(ask: Asking) -> list[Item]:
    return [Item(one.value, _lines(("Channel", one.kind)))
            for one in contact_of(ask.viewer, client_id=ask.client_id)]


def _profile(ask: Asking) -> list[Item]:
    one = profile_of(ask.viewer, client_id=ask.client_id)
    return [Item(f"{one.language} {one.other_languages}".strip(), _lines(
        ("Gender", one.gender), ("Culture and faith", f"{one.culture} {one.faith}")))]


def _stay(ask: Asking) -> list[Item]:
    levels = [Item(one.level.upper(), _lines(
        ("From", ask.on(one.from_at)), ("Until", ask.on(one.until_at)), ("Why", one.why)))
              for one in levels_of(ask.viewer, client_id=ask.client_id)]
    stages = [Item(f"{one.stage.number}, {one.stage.title}", _lines(
        ("Stage of treatment", ask.on(one.from_at)), ("Until", ask.on(one.until_at)), ("Why", one.why),
        ("By", one.by))) for one in stages_of(ask.viewer, client_id=ask.client_id)]
    return levels + stages


def _evaluation(ask: Asking) -> list[Item]:
    one, found = evaluation_of(ask.viewer, client_id=ask.client_id), []
    if one is not None:
        signed = one.signature
        found.append(Item(ask.on(one.started_at), _lines(
            ("By", one.evaluator), ("Medical", f"{one.medical} {one.medical_words}"),
            ("Mental", f"{one.mental} {one.mental_words}"),
            ("Signed", f"{signed.name}, {signed.credential}, {ask.on(signed.signed_at)}" if signed else ""),
            *(("Added later", f"{add.words} ({add.by}, {ask.on(add.at)})") for add in one.addenda))))
        found += [Item(row.title, _lines(
            ("Substance", row.severity), ("", row.words), ("Last use", row.last_use)))
            for row in one.substances]
        found += [Item(row.title, _lines(("Score", row.rating), ("Reason", row.reason))) for row in one.areas]
        found += [Item(row.title, _lines(("Answer", row.answer.replace("_", " ")), ("Why", row.why)))
                  for row in one.criteria]
    found += [Item(row.words, _lines(("Reason", ask.on(row.said_at))))
              for row in reasons_of(ask.viewer, client_id=ask.client_id)]
    return found + [
        Item(row.words, _lines(("Need", row.domain), ("Answer", f"{row.answer_words} {row.how}"),
                               ("By", row.answered_by), ("Asked on", ask.on(row.found_at))))
        for row in needs_of(ask.viewer, client_id=ask.client_id, at=ask.at)]


def _forms(ask: Asking) -> list[Item]:
    return [Item(title_of(one.instrument), _lines(("Form", ask.on(one.on)), ("Score", one.score),
                                                  ("", one.band)))
            for one in scores_of(ask.viewer, client_id=ask.client_id) if not one.replaced]


def _placement(ask: Asking) -> list[Item]:
    one = decision_of(ask.viewer, client_id=ask.client_id)
    if one is None:
        return []
    views = [Item(view.by, _lines(("Level of care", view.level), ("Why", view.reasons),
                                  ("Signed", ask.on(view.signed_at))))
             for view in (one.client_view, one.clinician_view) if view is not None]
    decided = _lines(
        ("Decided", ask.on(one.decided_at)), ("Why", "; ".join(one.reasons)), ("", one.way_forward))
    return [Item(one.decided_level or one.recommended, decided), *views]


def _plans(ask: Asking) -> list[Item]:
    ids = [row.plan_id for row in versions(ask.viewer, client_id=ask.client_id)]
    found: list[Item] = []
    for pk in ids:
        found += _plan(ask, plan(ask.viewer, client_id=ask.client_id, plan_id=pk))
    return found


def _plan(ask: Asking, one: PlanRow) -> list[Item]:
    head = Item(f"{one.number}. {one.kind}", _lines(
        ("Plan", ask.on(one.started_at)), ("Signed", ask.on(one.signed_at)),
        ("Strengths", one.strengths)))
    return [head, *(
        Item(problem.words, _lines(("Goal", problem.goal), *(
            line for step in problem.objectives for line in (
                ("Step", f"{step.words} ({step.measure})"),
                *(("Help", f"{does.words}, {does.who}, {does.how_often}") for does in step.interventions)))))
        for problem in one.problems)]


def _attendance(ask: Asking) -> list[Item]:
    today = ask.at.date()
    rows = presence_between(ask.viewer, first=today - EVER, last=today, of={ask.client_id})
    titles = session_lines(ask.viewer, ids={row.occurrence_id for row in rows})
    return [Item(f"{ask.on(row.day)}, {titles[row.occurrence_id].title}" if row.occurrence_id in titles
                 else ask.on(row.day),
                 _lines(("Came", row.kind.replace("_", " ")), ("Minutes", row.clinical_minutes),
                        ("", row.reason)))
            for row in rows]


def _notes(ask: Asking) -> list[Item]:
    """Return the signed progress notes; counselling notes are kept apart and not read here."""
    rows = [row for row in notes_of(ask.viewer, client_id=ask.client_id, most=MOST_NOTES)
            if row.signed_at is not None and not row.is_apart]
    found = words_of(ask.viewer, client_id=ask.client_id, note_ids=[row.note_id for row in rows])
    return [
        Item(f"{ask.on(row.event_at)}, {row.title}", _lines(
            *((line.title, line.text) for line in found[row.note_id].lines),
            *(("Added later", f"{one.words} ({one.signed_as})") for one in found[row.note_id].addenda),
            ("Signed", found[row.note_id].signed_as)))
        for row in rows if row.note_id in found]


def _medicines(ask: Asking) -> list[Item]:
    listed = (*medicines_of(ask.viewer, client_id=ask.client_id).rows,
              *ended_of(ask.viewer, client_id=ask.client_id))
    found = [Item(one.name, _lines(
        ("Medicine", f"{one.dose} {one.how_often}"), ("From", ask.on(one.since)),
        ("Until", ask.on(one.until)), ("Why", one.end_why), ("By", one.prescriber))) for one in listed]
    return found + [Item(one.to, _lines(("Allergies", one.severity), ("", one.reaction)))
                    for one in allergies_of(ask.viewer, client_id=ask.client_id).rows]


def _medical(ask: Asking) -> list[Item]:
    seen = [Item(one.kind.title, _lines(
        ("Seen", one.value or ask.on(one.moment)), ("", one.words), ("By", one.by),
        ("Asked on", ask.on(one.seen_at))))
        for rows in observations_of(ask.viewer, client_id=ask.client_id).values() for one in rows]
    scales = [Item(one.name, _lines(
        ("Score", one.total), ("", one.band), ("Asked on", ask.on(one.seen_at))))
              for one in scales_of(ask.viewer, client_id=ask.client_id)]
    return seen + scales + [
        Item(one.words, _lines(
            ("Need", ask.on(one.found_at)), ("Seen", one.seen_words), ("By", one.seen_by)))
        for one in medical_needs_of(ask.viewer, client_id=ask.client_id)]


def _referrals(ask: Asking) -> list[Item]:
    return [Item(one.title, _lines(("To", one.to), ("Why", one.why), ("Answer", one.state_words),
                                   ("Asked on", ask.on(one.sent_at)), ("Ended", ask.on(one.closed_at))))
            for one in referrals_of(ask.viewer, client_id=ask.client_id, at=ask.at)]


def _payers(ask: Asking) -> list[Item]:
    return [Item(one.name, _lines(("Level of care", one.level), ("From", ask.on(one.from_day)),
                                  ("Until", ask.on(one.until)), ("Ended", ask.on(one.ended_on))))
            for one in payers_of(ask.viewer, client_id=ask.client_id, on=ask.at.date())]


def _consents(ask: Asking) -> list[Item]:
    papers = [Item(one.title, _lines(("Signed", ask.on(one.signed_at))))
              for one in papers_of(ask.viewer, client_id=ask.client_id) if one.signed_at]
    return papers + [Item(one.terms.recipient, _lines(
        ("", one.words), ("Signed", ask.on(one.terms.signed_at)), ("Until", ask.on(one.expires_on))))
                     for one in consents_of(ask.viewer, client_id=ask.client_id) if one.terms.signed_at]


def _disclosures(ask: Asking) -> list[Item]:
    rows = disclosures_of(ask.viewer, client_id=ask.client_id, since=ask.at - EVER, until=ask.at)
    return [Item(f"{ask.on(one.at)}, {one.recipient}", _lines(("What", one.title))) for one in rows]


SECTIONS: tuple[Section, ...] = (
    (D.NAME, _person), (D.IDENTITY, _identity), (D.CONTACT, _contact), (D.DEMOGRAPHICS, _profile),
    (D.STAY, _stay), (D.ASSESSMENT, _evaluation), (D.INSTRUMENT, _forms), (D.PLACEMENT, _placement),
    (D.PLAN, _plans), (D.ATTENDANCE, _attendance), (D.NOTE, _notes), (D.MEDICINE, _medicines),
    (D.MEDICAL, _medical), (D.REFERRAL, _referrals), (D.PAYER, _payers),
    (D.CONSENTS, _consents), (D.DISCLOSURE, _disclosures),
)
CLASSES: tuple[D, ...] = tuple(data for data, _ in SECTIONS)
