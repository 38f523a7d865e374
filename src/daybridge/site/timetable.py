"""What runs when: every periodic job on one page. Each runs as the system role it names."""

from collections.abc import Callable
from datetime import datetime, timedelta

from croniter import croniter
from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from daybridge.access import clock, identity, rounds, seal
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.care.assessment.commands_needs import needs_again
from daybridge.care.hours.commands import flag_short_weeks
from daybridge.care.hours.queries import week_start
from daybridge.care.medical.commands_checks import look_again
from daybridge.care.placement.commands import take_over_lapsing
from daybridge.care.retention.commands import open_due_outreach
from daybridge.care.schedule.commands import extend
from daybridge.care.schedule.commands_fidelity import draw_checks
from daybridge.care.schedule.commands_interpreter import ask_for_interpreters
from daybridge.care.schedule.commands_waiting import offer_free_seats
from daybridge.care.schedule.queries import zone
from daybridge.care.weekplan.commands import forget_weeks
from daybridge.clinic.messaging import jobs as messages
from daybridge.clinic.referrals.commands_chase import chase_overdue
from daybridge.clinic.tasks.commands import escalate_due
from daybridge.exchange.commands import forget_files
from daybridge.quality.commands import freeze

Work = Callable[[Actor, datetime], object]
KEPT_HOURS = 7 * 24
GRACE = timedelta(minutes=5)
EVERY_MINUTE = "* * * * *"


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


def _chase(actor: Actor, at: datetime) -> object:
    return chase_overdue(actor, at=at)


def _needs_again(actor: Actor, at: datetime) -> object:
    return needs_again(actor, at=at)


def _check_medicines(actor: Actor, at: datetime) -> object:
    return look_again(actor, at=at)


def _forget(actor: Actor, at: datetime) -> object:
    return forget_files(actor, at=at)


def _forget_weeks(actor: Actor, at: datetime) -> object:
    return forget_weeks(actor, at=at)


def _ask_for_interpreters(actor: Actor, at: datetime) -> object:
    return ask_for_interpreters(actor, at=at)


def _offer_seats(actor: Actor, at: datetime) -> object:
    return offer_free_seats(actor, at=at)


def _draw_checks(actor: Actor, at: datetime) -> object:
    return draw_checks(actor, at=at)


def _freeze(actor: Actor, at: datetime) -> object:
    return freeze(actor, at=at)


# name: when (cron, UTC), as whom, what
TIMETABLE: dict[str, tuple[str, Role, Work]] = {
    "escalate": (EVERY_MINUTE, Role.NIGHTLY, _escalate),
    "reach_out": ("*/10 * * * *", Role.SESSIONS, _reach_out),
    "flag_short_weeks": ("5 * * * *", Role.SESSIONS, _flag),
    "extend_groups": ("30 7 * * *", Role.SESSIONS, _extend),
    "ask_for_interpreters": ("5 12 * * *", Role.SESSIONS, _ask_for_interpreters),
    "offer_free_seats": ("40 * * * *", Role.SESSIONS, _offer_seats),
    "draw_fidelity_checks": ("50 7 * * *", Role.SESSIONS, _draw_checks),
    "forget_client_files": ("15 * * * *", Role.IMPORTER, _forget),
    "forget_weeks": ("45 * * * *", Role.SESSIONS, _forget_weeks),
    "freeze_measures": ("20 9 * * *", Role.MEASURES, _freeze),
    "chase_referrals": ("25 * * * *", Role.NIGHTLY, _chase),
    "needs_again": ("35 * * * *", Role.NIGHTLY, _needs_again),
    "check_medicines": ("40 8 * * *", Role.NIGHTLY, _check_medicines),
    "licences": ("0 8 * * *", Role.NIGHTLY, _take_over),
}


def run(name: str) -> object:
    """Run one job now, in a transaction of its own, as its system role."""
    cron, role, work = TIMETABLE[name]
    actor, at = system(role), clock.now()
    with transaction.atomic(), identity.acting(actor, at=at):
        result = work(actor, at)
        _ended(name, cron, at)
    return result


def _ended(name: str, cron: str, at: datetime) -> None:
    """Note the end, and when the next one is overdue: five minutes after its turn."""
    rounds.ended(name, at=at, late_at=croniter(cron, at).get_next(datetime) + GRACE)


def _note(name: str, role: Role) -> None:
    """Note the end of a job of every minute that works outside of a transaction."""
    with transaction.atomic(), identity.acting(system(role)):
        _ended(name, EVERY_MINUTE, clock.now())


def _register(name: str, cron: str) -> None:
    def job(timestamp: int) -> None:
        run(name)

    app.periodic(cron=cron)(app.task(job, name=f"daybridge.{name}", queueing_lock=name))


for _name, _entry in TIMETABLE.items():
    _register(_name, _entry[0])


@app.periodic(cron=EVERY_MINUTE)  # type: ignore[untyped-decorator]
@app.task(queueing_lock="seal", pass_context=False)  # type: ignore[untyped-decorator]
def seal_audit(timestamp: int) -> None:
    """Link the acts of the last minute into the chain."""
    seal.seal_pending()
    _note("seal", Role.SEALER)


@app.periodic(cron=EVERY_MINUTE)  # type: ignore[untyped-decorator]
@app.task(name="daybridge.send_messages", queueing_lock="send", pass_context=False)  # type: ignore[untyped-decorator]
def send_messages(timestamp: int) -> None:
    """Send what is due, outside of any transaction: each claim is on record before it leaves."""
    messages.send_due()
    _note("send_messages", Role.MESSENGER)


@app.periodic(cron=EVERY_MINUTE)  # type: ignore[untyped-decorator]
@app.task(name="daybridge.take_up_stalled", queueing_lock="stalled", pass_context=True)  # type: ignore[untyped-decorator]
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Take up the jobs of a worker that died: the next turn does a job of the timetable anyway."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        if job.queueing_lock:
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await jobs.retry_job(job)


@app.periodic(cron="40 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="daybridge.forget_jobs", queueing_lock="forget_jobs", pass_context=True)  # type: ignore[untyped-decorator]
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Forget the jobs of the timetable that are done: they are 300 an hour."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)
