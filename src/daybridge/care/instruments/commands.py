"""Filling instruments: begin, answer, finish, set aside, correct. A critical answer alerts at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import Role
from daybridge.care.instruments import rules, rules_follow
from daybridge.care.instruments.commands_sheet import INSTRUMENTS, Ended, NotOffered
from daybridge.care.instruments.known import by_name, item_of
from daybridge.care.instruments.models import Answer, Flag, Response
from daybridge.care.instruments.rules_answers import from_form
from daybridge.care.instruments.rules_shape import Critical, Instrument
from daybridge.care.instruments.rules_sheet import plain
from daybridge.clinic.tasks.commands import open_alert
from daybridge.kernel import text


@command(Can.FILL_INSTRUMENT)
def begin(
    actor: Actor, /, *, client_id: int, name: str, language: str = "en",
    by: str = "interviewer", mode: str = "interview", at: datetime,
) -> int:
    """Begin a form for a client, or go on with the one begun."""
    return INSTRUMENTS.begin(actor, client_id=client_id, name=name, language=language, by=by,
                             mode=mode, at=at)


@command(Can.FILL_INSTRUMENT)
def answer(
    actor: Actor, /, *, client_id: int, response_id: int, item: str, typed: Sequence[str],
    version: int, at: datetime,
) -> None:
    """Save one answer (nothing typed: skipped); what is critical opens an alert right now."""
    heard = INSTRUMENTS.hear(actor, client_id=client_id, response_id=response_id, item=item,
                             typed=typed, version=version, at=at)
    if heard.changed and heard.value is not None:
        found = rules.critical_of(heard.instrument, item, heard.value, heard.before)
        row = Response.objects.get(pk=response_id)
        _alert(actor, row, heard.instrument, item, heard.value, found, at)


@command(Can.FILL_INSTRUMENT)
def fill_whole(
    actor: Actor, /, *, client_id: int, name: str, answers: Mapping[str, object],
    language: str = "en", by: str = "self", mode: str = "paper", at: datetime,
) -> int:
    """Type in a whole form that was filled on paper, and finish it; what is critical alerts."""
    response_id = INSTRUMENTS.begin(
        actor, client_id=client_id, name=name, language=language, by=by, mode=mode, at=at)
    row, instrument = Response.objects.get(pk=response_id), by_name(name)
    before = INSTRUMENTS.values(response_id)
    rows = []
    for item, said in answers.items():
        value = plain(from_form(item_of(instrument, item), [str(said)]))
        if value is None or before.get(item) == value:
            continue
        rows.append(Answer(client_id=client_id, response=row, item=item, value=value,
                           by_id=actor.user_id or 0, by_client=actor.has(Role.CLIENT), at=at))
        if instrument.critical:
            found = rules.critical_of(instrument, item, value, before)
            _alert(actor, row, instrument, item, value, found, at)
        before[item] = value
    Answer.objects.bulk_create(rows)
    _finish(actor, client_id, response_id, at)
    return response_id


@command(Can.FILL_INSTRUMENT)
def hear_critical(
    actor: Actor, /, *, client_id: int, response_id: int, item: str, typed: Sequence[str],
    at: datetime,
) -> None:
    """Alert on an answer that could not be saved because somebody else saved one before."""
    row = Response.objects.get(pk=response_id, client_id=client_id)
    instrument = by_name(row.instrument)
    value = from_form(item_of(instrument, item), typed)
    if value is not None:
        before = INSTRUMENTS.values(response_id)
        found = rules.critical_of(instrument, item, value, before)
        _alert(actor, row, instrument, item, plain(value), found, at)


@command(Can.FILL_INSTRUMENT)
def finish(actor: Actor, /, *, client_id: int, response_id: int, at: datetime) -> None:
    """Finish a form: it is scored and never changes again. With holes it has no score."""
    _finish(actor, client_id, response_id, at)


def _finish(actor: Actor, client_id: int, response_id: int, at: datetime) -> None:
    scored = INSTRUMENTS.end(actor, client_id=client_id, response_id=response_id, at=at)
    row = Response.objects.get(pk=response_id)
    follows = rules_follow.follows_from(row.instrument, scored)
    known = set(Flag.objects.filter(response=row).values_list("name", flat=True)) if follows else set()
    for shown, follow in follows.items():
        if shown not in known:
            Flag.objects.create(
                client_id=client_id, response=row, name=shown, follow=follow, at=at)


@command(Can.FILL_INSTRUMENT)
def set_aside(actor: Actor, /, *, client_id: int, response_id: int, at: datetime) -> None:
    """Set a begun form aside; what was answered stays on record."""
    INSTRUMENTS.set_aside(actor, client_id=client_id, response_id=response_id, at=at)


@command(Can.FILL_INSTRUMENT)
def correct(
    actor: Actor, /, *, client_id: int, response_id: int, why: str, at: datetime
) -> int:
    """Begin a correction of a finished form: it starts with its answers; both stay visible."""
    old = Response.objects.select_for_update().get(pk=response_id, client_id=client_id)
    words = text.tidy(why)[:300]
    if not words:
        raise NotOffered("Write what was wrong: the correction stands beside the first form.")
    if actor.has(Role.CLIENT):
        raise NotOffered("Tell your counsellor what was wrong. They write the correction with you.")
    if old.state != "finished" or Response.objects.filter(
            replaces=old).exclude(state="set_aside").exists():
        raise Ended("This form is not finished, or has a correction already.")
    if Response.objects.filter(client_id=client_id, instrument=old.instrument, state="draft").exists():
        raise Ended("The same form is begun and not finished. Finish it or set it aside first.")
    new = Response.objects.create(
        client_id=client_id, instrument=old.instrument, language=old.language, replaces=old,
        instrument_version=by_name(old.instrument).version, why_replaced=words,
        administered_by=old.administered_by, mode=old.mode, recall=old.recall,
        started_at=at, started_by_id=actor.user_id or 0,
    )
    known = {one.link_id for one in by_name(old.instrument).items}
    for said in INSTRUMENTS.newest(old.pk).values():
        if said.item in known:
            Answer.objects.create(client_id=client_id, response=new, item=said.item, at=said.at,
                                  value=said.value, by_id=said.by_id, by_client=said.by_client)
    return new.pk


def _alert(
    actor: Actor, row: Response, instrument: Instrument, item: str, value: object,
    found: Sequence[Critical], at: datetime,
) -> None:
    by_client = actor.has(Role.CLIENT)
    for one in found:
        follow = rules_follow.follow_of(instrument.name, one.name)
        Flag.objects.create(client_id=row.client_id, response=row, name=one.name, what=one.what,
                            item=item, value=value, by_client=by_client, minutes=one.minutes,
                            follow=follow, at=at)
        open_alert(
            actor, client_id=row.client_id, title=rules_follow.title_of(one),
            why=rules_follow.why_of(one, instrument, by_client=by_client),
            clock_minutes=one.minutes, source_kind=f"instruments.{one.what}",
            source_id=f"{row.pk}.{one.name}"[:60], at=at,
        )
