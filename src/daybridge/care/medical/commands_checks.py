"""Running the checks: warnings are kept with the facts they saw, until a prescriber answers."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.assessment.queries import evaluation_of, licence_line
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.assessment.queries_severity import severities
from daybridge.care.medical import checks, rules
from daybridge.care.medical.catalogue import NEVER
from daybridge.care.medical.commands import NEED, NotPossible
from daybridge.care.medical.models import Lapse, MedicalNeed, Struck, Warned, WarningAnswer
from daybridge.care.medical.queries import observations_of, scales_of
from daybridge.care.medical.queries_checks import findings_of
from daybridge.care.medical.times import day_ends
from daybridge.care.placement.queries import staff_by_id, stay_of, stays_in_care
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.tasks.commands import open_alert, open_task, settle
from daybridge.kernel import text

SOURCE = "medicine check"
NOW_MINUTES = 15  # an alert that somebody takes by then (B4a)
ANSWER_WITHIN = timedelta(hours=24)
PRESCRIBERS = frozenset({"MD", "DO", "NP", "PA", "APRN"})  # licences whose holders prescribe


@command(Can.CHECK_MEDICINES)
def check_medicines(actor: Actor, /, *, client_id: int, at: datetime) -> None:
    """Look at a client again: new warnings are opened, those that no longer hold lapse.

    The same rule on the same facts warns once. Medical needs that answers show are written down.
    """
    _one_at_a_time(client_id)
    found = {one.digest: one for one in findings_of(actor, client_id=client_id, at=at) if one.matters}
    standing = Warned.objects.filter(client_id=client_id, lapse=None).order_by("pk")
    known = {row.digest: row for row in standing}
    for digest, finding in found.items():
        if digest not in known:
            _warn(actor, client_id, finding, at)
    for digest, row in known.items():
        if digest not in found:
            Lapse.objects.create(client_id=client_id, warned=row, by_id=actor.user_id, entered_at=at)
            settle(actor, client_id=client_id, source_kinds=[SOURCE], source_id=str(row.pk), at=at,
                   outcome="The facts have changed: it no longer holds.")
    _write_needs(actor, client_id, at)


@command(Can.CHECK_MEDICINES)
def look_again(actor: Actor, /, *, at: datetime) -> int:
    """Look at everybody in care again: kits expire, values grow old. Returns how many."""
    care = [stay.client_id for stay in stays_in_care(actor)]
    for client_id in care:
        check_medicines(actor, client_id=client_id, at=at)
    return len(care)


@command(Can.ANSWER_WARNING)
def answer_warning(
    actor: Actor, /, *, client_id: int, warned_id: int, decision: str, reason: str, at: datetime
) -> None:
    """Answer a warning as a prescriber, with the reason; it is answered once and stays so."""
    row = Warned.objects.get(pk=warned_id, client_id=client_id)
    words = text.tidy_lines(reason)
    if not words or decision not in dict(rules.DECISION):
        raise NotPossible("Choose what you decide, and give the reason in your own words.")
    line = licence_line(actor, sites(actor)[0].day(at))
    if line is None:
        raise NotPossible("Only a prescriber with a licence that is valid today answers a warning.")
    _one_at_a_time(client_id)
    if WarningAnswer.objects.filter(warned=row).exists():
        raise NotPossible("This warning has an answer already. Look at the page again.")
    WarningAnswer.objects.create(
        client_id=client_id, warned=row, decision=decision, reason=words, name=line[0],
        credential=f"{line[1]}, {line[2]}".strip(", ")[:80], by_id=actor.user_id, entered_at=at,
    )
    settle(actor, client_id=client_id, source_kinds=[SOURCE], source_id=str(row.pk), at=at,
           outcome="Answered by a prescriber.")


def _one_at_a_time(client_id: int) -> None:
    """Let two who change one client's facts at once check one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('medicine checks'), %s::int)", [client_id])


def _warn(actor: Actor, client_id: int, finding: checks.Finding, at: datetime) -> None:
    row = Warned.objects.create(
        client_id=client_id, rule=finding.rule, version=finding.version, planned=finding.planned,
        severity=finding.severity.value, about=finding.about, words=finding.title,
        because=list(finding.because), missing=list(finding.missing), source=finding.source,
        digest=finding.digest, warned_at=at, by_id=actor.user_id, entered_at=at,
    )
    if finding.severity is not checks.Severity.STOP:
        return
    if finding.now and finding.can_check:
        open_alert(
            actor, client_id=client_id, title="A medical warning needs a physician now",
            why="Open the client's medicines.", clock_minutes=NOW_MINUTES, source_kind=SOURCE,
            source_id=str(row.pk), at=at)
    else:
        open_task(
            actor, client_id=client_id, title="A medical warning waits for an answer",
            why="Open the client's medicines.", due_at=at + ANSWER_WITHIN, source_kind=SOURCE,
            source_id=str(row.pk), assignee_user_id=_prescriber(actor, client_id), at=at)


def _prescriber(actor: Actor, client_id: int) -> int | None:
    """Return the account of the professional in charge if they prescribe; else nobody yet."""
    stay = stay_of(actor, client_id=client_id)
    staff = staff_by_id(actor).get(stay.in_charge_id or 0) if stay else None
    if staff is None or PRESCRIBERS.isdisjoint(one.kind for one in staff.licences):
        return None
    return staff.user_id


def _write_needs(actor: Actor, client_id: int, at: datetime) -> None:
    """Write down the medical needs that answers show by themselves, each once.

    Of a topic a new one is written down when the last one was seen before this answer.
    """
    struck = {f"observation {one}" if one else f"scale {scale}" for one, scale in
              Struck.objects.filter(client_id=client_id).values_list("observation_id", "scale_id")}
    rows = list(MedicalNeed.objects.filter(client_id=client_id).exclude(source__in=struck)
                .select_related("seen").order_by("pk"))
    known = {row.source for row in rows}
    for found, seen_at in sorted(_shown(actor, client_id, at), key=lambda pair: pair[1]):
        if found.source in known or _is_covered(found, seen_at, rows):
            continue
        due = rules.due_at(found.urgency, seen_at, day_ends(actor, seen_at))
        row = MedicalNeed.objects.create(
            client_id=client_id, source=found.source, words=found.words, found_at=seen_at, due_at=due,
            urgency=found.urgency.value, topic=found.topic, by_id=actor.user_id, entered_at=at,
        )
        rows.append(row)
        if found.urgency is rules.Urgency.TODAY:
            open_task(actor, client_id=client_id, title="To be seen by a physician today",
                      why="Open the client's medical page.", due_at=due, source_kind=NEED,
                      source_id=str(row.pk), assignee_user_id=_prescriber(actor, client_id), at=at)


def _is_covered(found: rules.Found, seen_at: datetime, rows: list[MedicalNeed]) -> bool:
    """Tell whether a need of the same topic waits already, or was seen after this answer."""
    for row in rows:
        if found.topic and row.topic == found.topic:
            visit = getattr(row, "seen", None)
            if visit is None or visit.seen_at >= seen_at:
                return True
    return False


def _shown(actor: Actor, client_id: int, at: datetime) -> list[tuple[rules.Found, datetime]]:
    """Return what answers show: the signed evaluation, needs, the nursing screen, the scales."""
    found = _of_evaluation(actor, client_id)
    for need in needs_of(actor, client_id=client_id, at=at):
        if need.domain in {"medical", "mental"}:
            found.append((rules.Found(f"need {need.need_id}", need.words[:200], _soon(need.urgency)),
                          need.found_at))
    seen = observations_of(actor, client_id=client_id)
    opioid = any(row.choice != NEVER for row in seen.get("opioid_use", [])) or _uses_opioids(actor, client_id)
    newest = {kind: rows[0] for kind, rows in seen.items()}
    choices = {kind: row.choice for kind, row in newest.items()}
    for one in rules.from_observations(choices, uses_opioids=opioid):
        row = newest[one.source]
        found.append((replace(one, source=f"observation {row.observation_id}"), row.seen_at))
    for scale in scales_of(actor, client_id=client_id):
        found += [(replace(one, source=scale.source), scale.seen_at)
                  for one in rules.from_scale(scale.kind, scale.total or 0)]
    return found


def _soon(urgency: str) -> rules.Urgency:
    """Return by when a need that a person wrote down is seen."""
    return rules.Urgency.HIGH if urgency == "high" else rules.Urgency.USUAL


def _uses_opioids(actor: Actor, client_id: int) -> bool:
    """Tell whether the evaluation found any opioid use disorder."""
    one = severities(actor, of={client_id}).get(client_id)
    return one is not None and one.of.get("opioid", "none") != "none"


def _of_evaluation(actor: Actor, client_id: int) -> list[tuple[rules.Found, datetime]]:
    row = evaluation_of(actor, client_id=client_id)
    if row is None or row.signed_at is None:
        return []
    flags = frozenset(one.key for one in row.criteria if one.answer == "yes")
    shown = rules.from_evaluation(
        medical=row.medical, areas={one.area: one.rating for one in row.areas}, flags=flags)
    return [(replace(one, source=f"evaluation {row.evaluation_id} {one.source}"), row.signed_at)
            for one in shown]
