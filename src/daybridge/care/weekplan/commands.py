"""Searching a better standing week, and deciding on it part by part."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule.commands import DoesNotFit, join, leave
from daybridge.care.schedule.commands_standing import move_series
from daybridge.care.schedule.queries import zone
from daybridge.care.schedule.queries_joining import newcomers
from daybridge.care.weekplan import queries, rules, rules_found
from daybridge.care.weekplan.kept import closed, opened
from daybridge.care.weekplan.models import OPEN, WeekSearch

SECONDS = (20, 60, 120)
MOST_PASSES = 6


class NotNow(ValueError):
    """The search is not at this step; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A part that could not be given, and why."""

    key: str
    why: str


@command(Can.PLAN_WEEK)
def ask_for_week(actor: Actor, /, *, monday: date, seconds: int, at: datetime) -> uuid.UUID:
    """Begin a search for the standing week from a Monday on; the worker does it."""
    if monday.weekday() != 0 or monday <= at.astimezone(zone(actor)).date():
        raise NotNow("Choose a Monday that is still to come.")
    if seconds not in SECONDS:
        raise NotNow("Choose how long to search: 20, 60 or 120 seconds.")
    facts = queries.standing_week(actor, monday=monday)
    if not facts.members:
        raise NotNow("Nobody is in care: there is nothing to plan.")
    for old in WeekSearch.objects.filter(state="proposed", monday=monday):
        _end(old.pk, "decided", "A newer search took its place.", at)
    asked = closed({"instance": rules.instance_of(facts), "plan": rules.plan_of(facts)})
    try:
        with transaction.atomic():
            return WeekSearch.objects.create(
                user_id=actor.user_id or 0, monday=monday, seconds=seconds, asked=asked, asked_at=at,
                moved_at=at).pk
    except IntegrityError:
        raise NotNow("A search for this week is going on. Wait for it, or stop it first.") from None


@command(Can.PLAN_WEEK)
def stop_search(actor: Actor, /, *, search_id: uuid.UUID, at: datetime) -> None:
    """Stop searching; the best week so far waits for a decision. At once when no worker answers."""
    row = WeekSearch.objects.select_for_update().get(pk=search_id)
    if row.state != "searching":
        return
    if at - row.moved_at <= queries.SILENT:
        WeekSearch.objects.filter(pk=row.pk).update(cancel=True)
    elif row.found:
        WeekSearch.objects.filter(pk=row.pk).update(state="proposed", moved_at=at)
    else:
        _end(row.pk, "failed", "No worker answered. Nothing was found, nothing was changed.", at)


@command(Can.PLAN_WEEK)
def end_deciding(actor: Actor, /, *, search_id: uuid.UUID, at: datetime) -> None:
    """Leave the rest as it is; what the search held of clients goes."""
    if WeekSearch.objects.filter(pk=search_id, state="proposed").exists():
        _end(search_id, "decided", "", at)


@command(Can.PLAN_WEEK)
def give_parts(
    actor: Actor, /, *, search_id: uuid.UUID, keys: Collection[str], at: datetime
) -> tuple[list[str], list[Refused]]:
    """Give the chosen parts of a found week: `m<group>` moves a group, `c<client>` a client's places.

    Each part is given whole or not at all, beside the week as it stands now; what does not fit
    any more is named with the reason. A part that waits for another one is tried after it.
    """
    row = WeekSearch.objects.select_for_update().get(pk=search_id)
    if row.state != "proposed" or row.found is None:
        raise NotNow("This week was decided already. Look at the groups.")
    if row.monday <= at.astimezone(zone(actor)).date():
        raise NotNow("That week has begun. Search from a later Monday on.")
    plan = opened(row.found)["plan"]
    facts = queries.standing_week(actor, monday=row.monday)
    giver = _Giver(actor, row.monday, facts, plan, at)
    left, why = sorted(set(keys)), dict[str, str]()
    done: list[str] = []
    for _ in range(MOST_PASSES):
        given = [key for key in left if giver.give(key, why)]
        done += given
        left = [key for key in left if key not in given]
        if not given or not left:
            break
    return done, [Refused(key, why.get(key, "That is so already.")) for key in left]


class _Giver:
    """Gives one part after the other."""

    def __init__(
        self, actor: Actor, monday: date, facts: rules.Facts, plan: Mapping[str, Any], at: datetime
    ) -> None:
        self.actor, self.monday, self.at = actor, monday, at
        self.moves = {f"m{one.series_id}": one for one in rules_found.moves(facts, plan)}
        self.changes = {f"c{one.client_id}": one for one in rules_found.changes(facts, plan)}
        ids = {one.client_id for one in self.changes.values()}
        self.newcomers = newcomers(actor, of=ids)

    def give(self, key: str, why: dict[str, str]) -> bool:
        """Give one part; note the reason when it does not fit."""
        try:
            with transaction.atomic():
                if key in self.moves:
                    self._move(self.moves[key])
                elif key in self.changes:
                    self._change(self.changes[key])
                else:
                    return False
        except DoesNotFit as error:
            why[key] = str(error)
            return False
        return True

    def _move(self, one: rules_found.Move) -> None:
        move_series(
            self.actor, series_id=one.series_id, monday=self.monday, weekday=one.weekday,
            starts=time(one.from_minute // 60, one.from_minute % 60), room_id=one.room_id,
            leader_id=one.leader_id, at=self.at)

    def _change(self, one: rules_found.Change) -> None:
        until, newcomer = self.monday - timedelta(days=1), self.newcomers[one.client_id]
        for series_id in one.leaves:
            leave(self.actor, client_id=one.client_id, series_id=series_id, until_day=until, at=self.at)
        for series_id in one.joins:
            join(self.actor, client_id=one.client_id, series_id=series_id, from_day=self.monday,
                 newcomer=newcomer, at=self.at)


@command(Can.SEARCH_WEEK)
def end_search(
    worker: Actor, /, *, search_id: uuid.UUID, found: Mapping[str, Any] | None, words: str, at: datetime
) -> None:
    """Put what was found before a person; with nothing found, say why."""
    if found is None:
        _end(search_id, "failed", words, at)
    else:
        WeekSearch.objects.filter(pk=search_id, state="searching").update(
            state="proposed", found=closed(found), words=words, percent=100, moved_at=at)


@command(Can.SEARCH_WEEK)
def forget_weeks(worker: Actor, /, *, at: datetime) -> None:
    """Forget what was found for weeks that have begun."""
    today = at.astimezone(zone(worker)).date()
    for pk in WeekSearch.objects.filter(state__in=OPEN, monday__lte=today).values_list("pk", flat=True):
        _end(pk, "past", "Its week began before anybody decided.", at)


def _end(search_id: uuid.UUID, state: str, words: str, at: datetime) -> None:
    WeekSearch.objects.filter(pk=search_id).update(
        state=state, words=words, asked=None, found=None, ended_at=at, moved_at=at)
