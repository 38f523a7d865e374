"""Drawing sessions to be watched, and saying what was seen."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.curriculum.library import shipped
from daybridge.care.schedule import rules_fidelity
from daybridge.care.schedule.models import Occurrence
from daybridge.care.schedule.models_fidelity import FidelityDraw, FidelityRating
from daybridge.care.schedule.queries import zone
from daybridge.care.schedule.queries_fidelity import draw_of, last_checked
from daybridge.care.schedule.queries_practice import practices_of_groups
from daybridge.clinic.calendar.queries import staff_away
from daybridge.clinic.people.queries import licensed_on, staff
from daybridge.kernel import text

NOTICE = timedelta(days=1)


class NotRated(ValueError):
    """What was seen can't be kept; the message says why."""


@command(Can.DRAW_FIDELITY)
def draw_checks(worker: Actor, /, *, at: datetime, seed: int | None = None) -> int:
    """Draw a session and an observer for each practice whose last check is soon a month old.

    The dice are the machine's own (a seed is for tests): nobody can know, or choose, the day.
    """
    today = at.astimezone(zone(worker)).date()
    held = _coming(worker, today + NOTICE, today + rules_fidelity.AHEAD)
    checked, waiting = last_checked(worker, today=today)
    dice = random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311 - a test's seed
    found = rules_fidelity.draw(
        rules_fidelity.due({one.practice for one in held}, checked, waiting, today), held, dice)
    FidelityDraw.objects.bulk_create(
        FidelityDraw(occurrence_id=one.occurrence_id, practice=one.practice, observer_id=one.observer_id,
                     drawn_at=at) for one in found)
    return len(found)


@command(Can.RATE_FIDELITY)
def rate(actor: Actor, /, *, draw_id: int, seen: Iterable[int], words: str, at: datetime) -> None:
    """Say what one saw of the practice's list in a drawn session: its observer, or its leader."""
    one = draw_of(actor, draw_id=draw_id)
    if one is None:
        raise NotRated("This session is not yours to look at.")
    if not one.items:
        raise NotRated("The library has no list for this practice any more.")
    if not one.is_mine(actor.user_id, at):
        raise NotRated("It was said already, has not begun, or was more than a week ago.")
    try:
        with transaction.atomic():
            FidelityRating.objects.create(
                draw_id=draw_id, author_id=actor.user_id or 0, rated_at=at, items=len(one.items),
                as_observer=actor.user_id != one.leader_id, words=text.tidy(words)[:500],
                seen=rules_fidelity.seen(seen, len(one.items)))
    except IntegrityError:
        raise NotRated("It was said already.") from None


def _coming(worker: Actor, first: date, last: date) -> list[rules_fidelity.Held]:
    """Return the coming group sessions that stand on a practice with a list, and who is free then."""
    rows = list(Occurrence.objects.filter(day__range=(first, last)).exclude(state="cancelled"))
    groups = [one for one in rows if one.series_id is not None and one.state == "planned"]
    stands = practices_of_groups(worker, series_ids={one.series_id or 0 for one in groups}, on=last)
    away = staff_away(worker, first=first, last=last)
    everybody = {one.user_id for one in staff(worker)}
    licensed = {pk for pk, spans in licensed_on(worker, user_ids=everybody).items()
                if any(begins <= first and last <= ends for begins, ends in spans)}
    found = []
    for one in groups:
        slug = stands[one.series_id].slug if one.series_id in stands else ""
        if slug in shipped().practices and shipped().practices[slug].fidelity:
            busy = {other.leader_id for other in rows
                    if other.starts_at < one.ends_at and one.starts_at < other.ends_at}
            gone = {pk for pk, days in away.items() if any(span.holds(one.day) for span in days)}
            found.append(rules_fidelity.Held(one.pk, slug, tuple(sorted(licensed - busy - gone))))
    return found
