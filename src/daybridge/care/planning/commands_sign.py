"""Signing a plan: client, clinician, and whoever signs with somebody in training."""

from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command, may
from daybridge.access.signatures import Signer, sign
from daybridge.care.assessment.commands_needs import answer_need
from daybridge.care.assessment.queries import licence_line
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.planning import queries
from daybridge.care.planning.commands import NotReady
from daybridge.care.planning.models import Plan
from daybridge.clinic.people.queries import staff, staff_by_user
from daybridge.clinic.people.queries_signing import cosigner_of, needs_cosign
from daybridge.clinic.programme.queries import setting, sites
from daybridge.clinic.tasks.commands import open_task, settle

COSIGN = "plan to co-sign"


@command(Can.SIGN_PLAN)
def sign_as_clinician(
    actor: Actor, /, *, client_id: int, plan_id: int, at: datetime, version: int | None = None
) -> None:
    """Sign the plan as the clinician (the page has asked for the password again).

    `version` is what the signer has read; twice is once.
    """
    line = licence_line(actor, sites(actor)[0].day(at))
    if line is None:
        raise NotReady("Signing a plan needs a licence that is valid today. Ask somebody with one "
                       "to look it through and sign.")
    first = _sign(actor, client_id, plan_id, Signer(*line), at, version, as_client=False)
    if first:
        _answer_needs(actor, client_id, plan_id, at)


@command(Can.SIGN_PLAN)
def cosign_plan(actor: Actor, /, *, client_id: int, plan_id: int, at: datetime) -> None:
    """Co-sign a plan that somebody in training has signed (the page asked for the password)."""
    line = licence_line(actor, sites(actor)[0].day(at))
    row = Plan.objects.select_for_update().get(pk=plan_id, client_id=client_id)
    if line is None or row.clinician_id == actor.user_id or row.cosigner_id not in {
            None, actor.user_id}:
        raise NotReady("Somebody else co-signs this plan: the supervisor, or who stands in.")
    if not row.cosign_due or row.cosigned_at:
        return
    row.cosigned_at = at
    row.save(update_fields=["cosigned_at"])
    stored = queries.plan(actor, client_id=client_id, plan_id=plan_id)
    sign(actor, client_id=client_id, kind="plan", object_id=plan_id, shown=stored.shown,
         signer=Signer(*line), meaning="co-signature", as_client=False, at=at)
    settle(actor, client_id=client_id, source_kinds=[COSIGN], source_id=str(plan_id),
           outcome="Co-signed.", at=at)


@command(Can.SIGN_OWN_PLAN)
def sign_as_client(
    actor: Actor, /, *, client_id: int, plan_id: int, name: str, at: datetime,
    version: int | None = None,
) -> None:
    """Sign the plan as the client: on their own account, or on a clinician's device."""
    _sign(actor, client_id, plan_id, Signer(name), at, version, as_client=True)


def _sign(
    actor: Actor, client_id: int, plan_id: int, signer: Signer, at: datetime, version: int | None,
    *, as_client: bool,
) -> bool:
    """Sign for one side; tell whether it was the first time."""
    row = Plan.objects.select_for_update().get(pk=plan_id, client_id=client_id)
    if row.client_signed_at if as_client else row.clinician_signed_at:
        return False
    if row.set_aside_at:
        raise NotReady("This version was set aside. Sign the next one.")
    if version is not None and version != row.version:
        raise NotReady("The plan has changed since you opened it. Read it again, then sign.")
    stored = queries.plan(actor, client_id=client_id, plan_id=plan_id)
    if stored.lacks:
        raise NotReady(" ".join(stored.lacks))
    if as_client:
        row.client_signed_at = at
    else:
        row.clinician_signed_at, row.clinician_id = at, actor.user_id
        row.cosign_due, row.cosigner_id = _second(actor, sites(actor)[0].day(at))
    if row.client_signed_at and row.clinician_signed_at:
        row.signed_at = at
    row.save(update_fields=["client_signed_at", "clinician_signed_at", "signed_at", "clinician",
                            "cosign_due", "cosigner"])
    sign(actor, client_id=client_id, kind="plan", object_id=plan_id, shown=stored.shown,
         signer=signer, meaning="treatment plan", as_client=as_client, at=at)
    if row.cosign_due and not as_client:
        hours = setting(actor, key="cosign_hours", on=sites(actor)[0].day(at))
        open_task(actor, client_id=client_id, title="Co-sign a treatment plan", source_kind=COSIGN,
                  why="Somebody whose licence asks for it has signed a plan.",
                  source_id=str(plan_id), assignee_user_id=row.cosigner_id,
                  due_at=at + timedelta(hours=hours), at=at)
    return True


def _answer_needs(actor: Actor, client_id: int, plan_id: int, at: datetime) -> None:
    """Let the plan be the answer of the needs that it takes up and that have none yet."""
    stored = queries.plan(actor, client_id=client_id, plan_id=plan_id)
    goals = {one.need_id: one.words for one in stored.problems if one.need_id}
    if not goals or not may(actor, Can.ASSESS, client_id=client_id):
        return
    for need in needs_of(actor, client_id=client_id, at=at):
        if need.need_id in goals and need.is_open:
            answer_need(actor, client_id=client_id, need_id=need.need_id, answer="here",
                        words=f"Plan {stored.number}: {goals[need.need_id]}", at=at)


def _second(actor: Actor, on: date) -> tuple[bool, int | None]:
    """Tell whether somebody signs with this clinician, and whose user that is, if known."""
    me = staff_by_user(actor, user_ids={actor.user_id or 0}).get(actor.user_id or 0)
    if me is None or not needs_cosign(actor, staff_id=me.staff_id, on=on):
        return False, None
    second = cosigner_of(actor, staff_id=me.staff_id, on=on)
    return True, next((row.user_id for row in staff(actor) if row.staff_id == second), None)
