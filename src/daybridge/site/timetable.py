"""What runs when: every periodic job on one page. Each runs as the system role it names."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from daybridge.access import clock, identity, seal
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.care.hours.commands import flag_short_weeks
from daybridge.care.hours.queries import week_start
from daybridge.care.placement.commands import take_over_lapsing
from daybridge.care.retention.commands import open_due_outreach
from daybridge.care.schedule.commands import extend
from daybridge.care.schedule.queries import zone
from daybridge.clinic.messaging import jobs as messages
from daybridge.clinic.tasks.commands import escalate_due
from daybridge.exchange.commands import forget_files
from daybridge.quality.commands import freeze

Work = Callable[[Actor, datetime], object]


def _escalate(actor: Actor, at: datetime) -> object:
    return escalate_due(actor, at=at)


def _reach_out(actor: Actor, at: datetime) -> object:
    return open_due_outreach(actor, at=at)


def _flag(actor: Actor, at: datetime) -> object:
    week = week_start(actor, day=at.astimezone(zone(actor)).date())
    return flag_short_weeks(actor, week=week, at=at)


def _extend(actor: Actor, at: datetime) -> object:
    return extend(actor, at=at)


def _take_over(actor: Actor, at: datetime) -> object:
    tomorrow = at.astimezone(zone(actor)).date() + timedelta(days=1)
    return take_over_lapsing(actor, on=tomorrow, at=at)


def _forget(actor: Actor, at: datetime) -> object:
    return forget_files(actor, at=at)


def _freeze(actor: Actor, at: datetime) -> object:
    return freeze(actor, at=at)


# name: when (cron, UTC), as whom, what
TIMETABLE: dict[str, tuple[str, Role, Work]] = {
    "escalate": ("* * * * *", Role.NIGHTLY, _escalate),
    "reach_out": ("*/10 * * * *", Role.SESSIONS, _reach_out),
    "flag_short_weeks": ("5 * * * *", Role.SESSIONS, _flag),
    "extend_groups": ("30 7 * * *", Role.SESSIONS, _extend),
    "forget_client_files": ("15 * * * *", Role.IMPORTER, _forget),
    "freeze_measures": ("20 9 * * *", Role.MEASURES, _freeze),
    "licences": ("0 8 * * *", Role.NIGHTLY, _take_over),
}


def run(name: str) -> object:
    """Run one job now, in a transaction of its own, as its system role."""
    _, role, work = TIMETABLE[name]
    actor, at = system(role), clock.now()
    with transaction.atomic(), identity.acting(actor, at=at):
        return work(actor, at)


def _register(name: str, cron: str) -> None:
    def job(timestamp: int) -> None:
        run(name)

    app.periodic(cron=cron)(app.task(job, name=f"daybridge.{name}", queueing_lock=name))


for _name, _entry in TIMETABLE.items():
    _register(_name, _entry[0])


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(queueing_lock="seal", pass_context=False)  # type: ignore[untyped-decorator]
def seal_audit(timestamp: int) -> None:
    """Link the acts of the last minute into the chain."""
    seal.seal_pending()


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="daybridge.send_messages", queueing_lock="send", pass_context=False)  # type: ignore[untyped-decorator]
def send_messages(timestamp: int) -> None:
    """Send what is due, outside of any transaction: each claim is on record before it leaves."""
    messages.send_due()
