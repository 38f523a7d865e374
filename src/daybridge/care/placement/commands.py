"""Views, the joint decision, admission, changes of level and of the one in charge."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.relate import join_team, leave_team, set_standing
from daybridge.access.signatures import Signer, sign
from daybridge.care.placement import rules
from daybridge.care.placement.models import (
    Decision,
    InCharge,
    LevelPeriod,
    Paper,
    Stay,
    View,
)
from daybridge.care.placement.models_stage import StagePeriod
from daybridge.care.placement.papers import PAPERS, VERSION
from daybridge.clinic.people import rules as people_rules
from daybridge.clinic.people.licensed import candidate, may_be_in_charge
from daybridge.clinic.people.queries import staff
from daybridge.clinic.people.queries_age import is_under
from daybridge.clinic.programme.queries import setting, sites
from daybridge.kernel import text


class NotYet(ValueError):
    """Something must be there first; the message says what and where."""


@command(Can.DECIDE_PLACEMENT)
def open_decision(
    actor: Actor, /, *, client_id: int, ratings: dict[str, int | None], flags: list[str],
    at: datetime,
) -> int:
    """Write down what the rules suggest for these ratings; a decision not made yet is renewed."""
    answer = rules.recommend(ratings, flags)
    fields = {
        "rule_set": rules.RULE_SET, "ratings": ratings, "flags": sorted(flags),
        "recommended": answer.recommended, "indicated": answer.indicated,
        "reasons": list(answer.reasons), "modifiers": list(answer.modifiers),
        "unsuited": answer.unsuited,
    }
    open_one = Decision.objects.filter(client_id=client_id, decided_at=None, views=None)
    last = open_one.order_by("-opened_at").first()
    if last is not None:
        Decision.objects.filter(pk=last.pk).update(opened_at=at, **fields)
        return last.pk
    return Decision.objects.create(client_id=client_id, opened_at=at, **fields).pk


@command(Can.SIGN_CLIENT_VIEW)
def sign_client_view(
    actor: Actor, /, *, client_id: int, decision_id: int, level: str, reasons: str,
    name: str, at: datetime,
) -> int:
    """Sign what the client wants: on their own account, or on a staff member's device."""
    return _sign_view(actor, client_id, decision_id, "client", level, reasons, Signer(name), at)


@command(Can.SIGN_CLINICIAN_VIEW)
def sign_clinician_view(
    actor: Actor, /, *, client_id: int, decision_id: int, level: str, reasons: str,
    signer: Signer, at: datetime,
) -> int:
    """Sign what the clinician recommends (the page has asked for the password again)."""
    return _sign_view(actor, client_id, decision_id, "clinician", level, reasons, signer, at)


def _sign_view(
    actor: Actor, client_id: int, decision_id: int, by: str, level: str, reasons: str,
    signer: Signer, at: datetime,
) -> int:
    decision = Decision.objects.get(pk=decision_id, client_id=client_id)
    words = text.tidy_lines(reasons)
    if not words:
        raise NotYet("Write a reason: the other side will read it.")
    view = View.objects.create(
        client_id=client_id, decision=decision, by=by, level=level, reasons=words, signed_at=at
    )
    sign(
        actor, client_id=client_id, kind="view", object_id=view.pk, shown=f"{level}\n{words}",
        signer=signer, meaning=f"{by}'s view of the level of care", as_client=by == "client", at=at,
    )
    return view.pk


@command(Can.DECIDE_PLACEMENT)
def decide(
    actor: Actor, /, *, client_id: int, decision_id: int, level: str, way_forward: str = "",
    review_on: date | None = None, at: datetime,
) -> None:
    """Record the joint decision. Two different views need a way forward and a date."""
    decision = Decision.objects.select_for_update().get(pk=decision_id, client_id=client_id)
    levels = {view.by: view.level for view in decision.views.all()}
    if set(levels) != {"client", "clinician"}:
        missing = "client" if "client" not in levels else "clinician"
        raise NotYet(f"The {missing}'s view is not signed yet.")
    differs = len(set(levels.values())) > 1
    if differs and not (way_forward.strip() and review_on):
        raise NotYet("The views differ: write the way forward and the day to look again.")
    decision.decided_level, decision.decided_at, decision.differs = level, at, differs
    decision.way_forward, decision.review_on = text.tidy_lines(way_forward), review_on
    decision.save()


@command(Can.DECIDE_PLACEMENT)
def offer_alternative(
    actor: Actor, /, *, client_id: int, decision_id: int, alternative: str, outcome: str = "",
    at: datetime,
) -> None:
    """Offer another way to somebody for whom this programme may not be suited (W2)."""
    Decision.objects.filter(pk=decision_id, client_id=client_id).update(
        alternative=text.tidy(alternative), alternative_by_id=actor.user_id, alternative_at=at,
        alternative_outcome=text.tidy(outcome),
    )


@command(Can.DECIDE_PLACEMENT)
def review_difference(
    actor: Actor, /, *, client_id: int, decision_id: int, at: datetime
) -> None:
    """Note that the difference was looked at again."""
    Decision.objects.filter(pk=decision_id, client_id=client_id, differs=True).update(
        reviewed_at=at
    )


@command(Can.ADMIT)
def admit(
    actor: Actor, /, *, client_id: int, level: str, staff_id: int, primary_user_id: int,
    decision_id: int | None, imported: bool = False, at: datetime,
) -> int:
    """Admit a client. PostgreSQL itself refuses what is not complete (S1, S2, W3)."""
    rows = {row.staff_id: row for row in staff(actor)}
    if not may_be_in_charge(rows.get(staff_id), at.date()):
        raise NotYet("Choose somebody with a valid licence to be in charge.")
    years = setting(actor, key="adult_from", on=at.date())
    if is_under(actor, client_id=client_id, years=years, on=sites(actor)[0].day(at)):
        raise NotYet(f"This client is under {years}. Lead on to the partner for young people.")
    stay = Stay.objects.create(
        client_id=client_id, decision_id=decision_id, admitted_at=at, imported=imported
    )
    LevelPeriod.objects.create(
        client_id=client_id, stay=stay, level=level, from_at=at, why="admission"
    )
    InCharge.objects.create(client_id=client_id, stay=stay, staff_id=staff_id, from_at=at)
    set_standing(actor, client_id=client_id, kind="in_care", at=at)
    for user_id, part in ((rows[staff_id].user_id, "in_charge"), (primary_user_id, "primary")):
        join_team(actor, client_id=client_id, user_id=user_id, part=part, at=at)
    supervisor = rows.get(rows[staff_id].supervisor_id or 0)
    if supervisor is not None:
        join_team(actor, client_id=client_id, user_id=supervisor.user_id, part="supervises", at=at)
    return stay.pk


@command(Can.CHANGE_STAY)
def change_level(
    actor: Actor, /, *, client_id: int, level: str, why: str, at: datetime
) -> int:
    """Step up or down; the former level stays in its history."""
    stay = Stay.objects.select_for_update().get(client_id=client_id, ended_at=None)
    if not why.strip():
        raise NotYet("Write why: both sides of the hand-over read it.")
    LevelPeriod.objects.filter(stay=stay, until_at=None).update(until_at=at)
    return LevelPeriod.objects.create(
        client_id=client_id, stay=stay, level=level, from_at=at, why=text.tidy(why)
    ).pk


@command(Can.CHANGE_STAY)
def put_in_charge(
    actor: Actor, /, *, client_id: int, staff_id: int, stands_in: bool = False, at: datetime
) -> int:
    """Hand a stay over to another licensed professional, without a minute's gap."""
    rows = {row.staff_id: row for row in staff(actor)}
    if not may_be_in_charge(rows.get(staff_id), at.date()):
        raise NotYet("Choose somebody with a valid licence to be in charge.")
    stay = Stay.objects.select_for_update().get(client_id=client_id, ended_at=None)
    for former in InCharge.objects.filter(stay=stay, until_at=None):
        InCharge.objects.filter(pk=former.pk).update(until_at=at)
        if former.staff_id in rows and former.staff_id != staff_id:
            leave_team(actor, client_id=client_id, user_id=rows[former.staff_id].user_id,
                       part="in_charge", at=at)
    join_team(actor, client_id=client_id, user_id=rows[staff_id].user_id, part="in_charge", at=at)
    return InCharge.objects.create(
        client_id=client_id, stay=stay, staff_id=staff_id, stands_in=stands_in, from_at=at
    ).pk


@command(Can.CHANGE_STAY)
def take_over_lapsing(actor: Actor, /, *, on: date, at: datetime) -> list[int]:
    """Hand over every stay whose professional's licence is not valid on a day (nightly).

    The deputy stands in, or, when the deputy has no licence either, whoever of the staff
    is a physician. Returns the clients; a stay without anybody stays as it is and red.
    """
    rows = {row.staff_id: row for row in staff(actor)}
    directors = [row for row in rows.values() if row.job == "physician"]
    moved = []
    for one in InCharge.objects.filter(until_at=None).order_by("pk"):
        named = [rows[one.staff_id]] if one.staff_id in rows else []
        deputy = rows.get(named[0].deputy_id or 0) if named else None
        line = [*named, *([deputy] if deputy else []), *directors]
        found = people_rules.in_charge([candidate(row) for row in line], on)
        if found is not None and found[0] != one.staff_id:
            put_in_charge(
                actor, client_id=one.client_id, staff_id=found[0], stands_in=True, at=at
            )
            moved.append(one.client_id)
    return moved


@command(Can.CHANGE_STAY)
def end_stay(
    actor: Actor, /, *, client_id: int, reason: str, words: str, client_view: str,
    way_back: str, at: datetime,
) -> None:
    """End a stay: reason, the client's view (or the dated attempts to get it), the way back."""
    if not (reason and client_view.strip() and way_back.strip()):
        raise NotYet("An end needs a reason, the client's view and the way back.")
    stay = Stay.objects.select_for_update().get(client_id=client_id, ended_at=None)
    LevelPeriod.objects.filter(stay=stay, until_at=None).update(until_at=at)
    InCharge.objects.filter(stay=stay, until_at=None).update(until_at=at)
    StagePeriod.objects.filter(stay=stay, until_at=None).update(until_at=at)
    stay.ended_at, stay.end_reason = at, reason
    stay.end_words, stay.client_view = text.tidy_lines(words), text.tidy_lines(client_view)
    stay.way_back = text.tidy(way_back)
    stay.save()
    set_standing(actor, client_id=client_id, kind=None, at=at)


@command(Can.RECORD_CONSENT)
def sign_paper(
    actor: Actor, /, *, client_id: int, code: str, language: str, name: str,
    scanned: bool = False, at: datetime,
) -> int:
    """Note that the client has read and signed a paper; twice is once."""
    paper = PAPERS[code]
    row, made = Paper.objects.get_or_create(
        client_id=client_id, code=code, version=VERSION,
        defaults={"language": language, "signed_at": at, "scanned": scanned},
    )
    if made:
        shown = paper.words_es if language == "es" else paper.words
        sign(actor, client_id=client_id, kind="paper", object_id=row.pk, shown=shown,
             signer=Signer(name), meaning=paper.title, as_client=True, at=at)
    return row.pk


