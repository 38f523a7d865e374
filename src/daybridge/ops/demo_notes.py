"""Individual sessions of the demo clinic, and their notes: most in time, a few missing or not signed."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from daybridge.access.actors import Actor
from daybridge.access.signatures import Signer
from daybridge.care.hours import rules as hours
from daybridge.care.hours.queries import presence_between
from daybridge.care.notes import commands as notes
from daybridge.care.notes import commands_after as after
from daybridge.care.notes.queries_due import to_cosign
from daybridge.care.notes.rules import Section
from daybridge.care.placement.queries import stays_in_care
from daybridge.care.planning.commands_review import note_progress
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.schedule.commands import Taken, book_single
from daybridge.care.schedule.commands_practice import name_session_practice
from daybridge.care.schedule.queries import SessionRow, sessions
from daybridge.clinic.people.queries_many import join_facts, primary_of
from daybridge.kernel.minutes import local
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_names import COUNSELLORS, LEAVES, STAFF
from daybridge.ops.demo_people import SEED
from daybridge.ops.demo_record_words import COUNSELLING, NOTES, NOTES_ES, PROGRESS

DAY, SESSION, WORKDAYS = timedelta(days=1), timedelta(minutes=40), 5
LATELY = timedelta(days=9)  # earlier individual sessions are not told
STARTS = (time(8, 30), time(12, 40), time(13, 30), time(14, 30), time(15, 20), time(16, 40), time(9, 30))
CREDENTIALS = {name: credential for _, name, credential, *_ in STAFF}
PRACTICE = "motivational-interviewing"
NEWEST = 2  # notes of the trainee that still wait for the supervisor


def sign_as(actor: Actor) -> Signer:
    """Return how somebody of the staff signs a note in the demo."""
    return Signer(actor.name, CREDENTIALS[actor.name])


def book(house: House, day: date, at: datetime, today: date) -> None:
    """Book the day's individual sessions: each client once a week with the primary counsellor."""
    if day.weekday() >= WORKDAYS or day < today - LATELY:
        return
    helen, sam = house.staff["helen"], house.staff["sam"]
    with moment(helen, at):
        clients = [row.client_id for row in stays_in_care(helen)
                   if row.client_id % WORKDAYS == day.weekday() and row.admitted_at < at]
        primary = primary_of(helen, of=set(clients))
        held = sessions(helen, first=day, last=day)
    here = {actor.name: actor for key, actor in house.staff.items() if not is_away(key, day, today)}
    busy = [(one.leader_id, one.starts_at, one.ends_at) for one in held]
    if any(one.series_id is None and one.service == "individual" for one in held):
        return
    with moment(sam, at):
        for client_id in clients:
            leader = here.get(primary.get(client_id, ""))
            if leader is not None:
                _book(sam, client_id, leader.user_id or 0, house, day, busy, at)


def is_away(key: str, day: date, today: date) -> bool:
    """Tell whether somebody of the staff is on leave."""
    return any(one == key and 0 <= (day - today).days - first < days for one, first, days in LEAVES)


def _book(
    sam: Actor, client_id: int, leader_id: int, house: House, day: date,
    busy: list[tuple[int, datetime, datetime]], at: datetime,
) -> None:
    for starts in _free(house, day, leader_id, busy):
        try:
            book_single(sam, client_id=client_id, leader_id=leader_id, room_id=None, service="individual",
                        starts_at=starts, minutes=SESSION.seconds // 60, at=at)
        except Taken:
            continue
        busy.append((leader_id, starts, starts + SESSION))
        return


def _free(
    house: House, day: date, leader_id: int, busy: list[tuple[int, datetime, datetime]]
) -> Iterator[datetime]:
    mine = [(first, last) for one, first, last in busy if one == leader_id]
    for clock in STARTS:
        starts = local(day, clock, house.zone)
        if all(last <= starts or starts + SESSION <= first for first, last in mine):
            yield starts


def individual(house: House, day: date, at: datetime) -> list[SessionRow]:
    """Return the individual sessions of a day."""
    with moment(house.staff["helen"], at):
        return [one for one in sessions(house.staff["helen"], first=day, last=day)
                if one.series_id is None and one.service == "individual" and one.state != "cancelled"]


def write(house: House, day: date, at: datetime) -> None:
    """Write the notes of a day's individual sessions, within the hour; a few stay away or open."""
    vera = house.staff["vera"]
    held = {one.occurrence_id: one for one in individual(house, day, at) if one.state == "closed"}
    with moment(vera, at):
        came = [(row.client_id, row.occurrence_id) for row in presence_between(vera, first=day, last=day)
                if row.occurrence_id in held and row.kind in hours.PRESENT]
        spoken = join_facts(vera, of={client_id for client_id, _ in came})
    by_user = {actor.user_id: actor for key, actor in house.staff.items() if key in COUNSELLORS}
    for client_id, occurrence_id in came:
        author = by_user.get(held[occurrence_id].leader_id)
        if author is not None:
            languages = spoken[client_id].languages if client_id in spoken else ("en",)
            _note(author, client_id, held[occurrence_id], languages[0])


def _note(author: Actor, client_id: int, one: SessionRow, language: str) -> None:
    dice = random.Random(f"{SEED} note {client_id} {one.occurrence_id}")
    luck, at = dice.random(), one.ends_at + dice.randint(5, 50) * timedelta(minutes=1)
    if luck < 0.05:
        return
    with moment(author, at):
        if luck > 0.5:
            name_session_practice(author, client_id=client_id, occurrence_id=one.occurrence_id,
                                  practice=PRACTICE, at=at)
        typed = _typed(author, client_id, one, dice, language)
        note_id = notes.begin_note(author, client_id=client_id, typed=typed, at=at)
        if luck > 0.1:
            notes.sign_note(author, client_id=client_id, note_id=note_id, at=at, version=1,
                            signer=sign_as(author))


def _typed(
    author: Actor, client_id: int, one: SessionRow, dice: random.Random, language: str
) -> notes.Typed:
    said = dice.choice(NOTES_ES if language == "es" and dice.random() < 0.7 else NOTES)
    plan = plan_in_force(author, client_id=client_id)
    steps = [step for problem in plan.problems for step in problem.objectives] if plan else []
    cites = [step.key for step in steps[:1]]
    return notes.Typed("individual", one.occurrence_id, one.starts_at, dict(zip(Section, said, strict=True)),
                       {Section.ASSESSMENT.value: cites}, PRACTICE)


def contact(house: House, client_id: int, team: str, at: datetime, dice: random.Random) -> None:
    """Write the note of a telephone contact: the thin version of a stay that is over."""
    author = house.staff[team]
    with moment(author, at):
        typed = notes.Typed("phone", None, at, dict(zip(Section, dice.choice(NOTES), strict=True)), {})
        one = notes.begin_note(author, client_id=client_id, typed=typed, at=at)
        notes.sign_note(author, client_id=client_id, note_id=one, signer=sign_as(author), version=1, at=at)


def co_sign(house: House, at: datetime) -> None:
    """Let the supervisor co-sign what waits, all but the newest two."""
    vera = house.staff["vera"]
    with moment(vera, at):
        rows = sorted(to_cosign(vera, at=at), key=lambda one: one.index.event_at)
        for one in rows[:-NEWEST]:
            after.cosign_note(vera, client_id=one.index.client_id, note_id=one.index.note_id,
                              signer=sign_as(vera), at=at)


def keep_one_apart(house: House, client_id: int, at: datetime) -> None:
    """Keep one counselling note apart, as its author chose."""
    nora = house.staff["nora"]
    with moment(nora, at):
        notes.keep_apart(nora, client_id=client_id, words=COUNSELLING, event_at=at, at=at,
                         signer=sign_as(nora))


def progress(actor: Actor, client_id: int, at: datetime, dice: random.Random) -> None:
    """Note how far each step of the plan in force is, before the next version is written."""
    plan = plan_in_force(actor, client_id=client_id)
    steps = [step for problem in plan.problems for step in problem.objectives] if plan else []
    states = {one.objective_id: (dice.choice(("partly", "partly", "not")), dice.choice(PROGRESS))
              for one in steps if not one.is_done}
    if states:
        note_progress(actor, client_id=client_id, states=states, at=at)
