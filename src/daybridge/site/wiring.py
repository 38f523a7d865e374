"""What follows from what: one flat table, command -> what is done next.

A reaction runs in the same transaction as the command, so that it lives or dies with it,
as the system role it names. Keys are `domain.command`; a test resolves every one.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.care.retention.commands import open_due_outreach
from daybridge.care.schedule.commands_days import call_off_day, open_day_again
from daybridge.care.schedule.queries import still_held
from daybridge.clinic.programme.commands import NotPossible

Follow = Callable[[Actor, Mapping[str, object], object], None]


def reach_out_to_the_missing(
    _actor: Actor, kwargs: Mapping[str, object], _result: object
) -> None:
    """Open a row for everybody who missed the session that was just closed (P05)."""
    sessions, at = system(Role.SESSIONS), kwargs["at"]
    assert isinstance(at, datetime)  # noqa: S101 - every command takes it
    with identity.acting(sessions, at=at):
        open_due_outreach(sessions, at=at)


def call_the_day_off(actor: Actor, kwargs: Mapping[str, object], _result: object) -> None:
    """A closed day has no sessions: what is planned is called off."""
    site_id, day, at = kwargs["site_id"], kwargs["day"], kwargs["at"]
    assert isinstance(site_id, int) and isinstance(day, date) and isinstance(at, datetime)  # noqa: S101, PT018
    call_off_day(actor, site_id=site_id, day=day, at=at)


def hold_the_day_again(actor: Actor, kwargs: Mapping[str, object], result: object) -> None:
    """A day that is open again gets the sessions that were left out."""
    at = kwargs["at"]
    assert isinstance(result, tuple) and isinstance(at, datetime)  # noqa: S101, PT018
    site_id, day = result
    open_day_again(actor, site_id=site_id, day=day, at=at)


def only_when_empty(actor: Actor, kwargs: Mapping[str, object], _result: object) -> None:
    """A room or a site in which sessions stand is not given up: nobody stands before a shut door."""
    on = kwargs["on"]
    assert isinstance(on, date)  # noqa: S101
    where = {key: value for key, value in kwargs.items()
             if key in {"room_id", "site_id"} and isinstance(value, int)}
    number = still_held(actor, from_day=on, **where)
    if number:
        raise NotPossible(f"{number} sessions stand there from that day on. Move them first.")


WIRING: dict[str, tuple[Follow, ...]] = {
    "programme.close_site": (call_the_day_off,),
    "programme.take_back_closure": (hold_the_day_again,),
    "programme.end_room": (only_when_empty,),
    "programme.end_site": (only_when_empty,),
    "hours.take_attendance": (reach_out_to_the_missing,),
}


def react(actor: Actor, act: str, kwargs: Mapping[str, object], result: object) -> None:
    """Do what the table says follows from this command."""
    for follow in WIRING.get(act, ()):
        follow(actor, kwargs, result)
