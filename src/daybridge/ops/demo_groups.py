"""Group notes of the demo clinic: signed within the hour, now and then one is left open."""

import random
from datetime import date, datetime, timedelta

from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.hours.queries import presence_at
from daybridge.care.notes import rules
from daybridge.care.notes.commands_group import OwnLine, Shared, sign_group
from daybridge.care.planning.queries_many import objectives_of_many
from daybridge.care.schedule.commands_lead import let_leader_in
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_notes import sign_as
from daybridge.ops.demo_people import SEED
from daybridge.ops.demo_sessions import sessions_of

LEFT_OPEN = 0.05
WRITTEN_AFTER = timedelta(minutes=25)
DONE = (
    "Opening round. Three ways to say no, tried out in pairs, then in front of the group.",
    "What a craving does in twenty minutes; each drew their own curve. Breathing exercise.",
    "High-risk places of the coming week, and one plan each. Closed with a check-out round.",
    "Film of ten minutes on sleep in early recovery, questions, one change to try until next time.",
    "Role play: asking for help on the telephone. Feedback: what was clear, what was kind.",
)
SAID = (
    "Tried it twice, laughed, wants to use it on Friday.", "Listened; spoke about the weekend when asked.",
    "Came tired, stayed with it.", "Gave a good example from work.",
    "Hard day: talked briefly after the group.",
    "Asked two questions, took the hand-out along.", "Plans to tell a sister about it.",
)


def write(house: House, day: date, at: datetime) -> None:
    """Sign the notes of the day's groups, each by who led it."""
    known = {actor.user_id: actor for actor in house.staff.values()}
    for one in sessions_of(house, day, at):
        dice = random.Random(f"{SEED} group note {one.occurrence_id}")
        leader, written = known.get(one.leader_id), one.ends_at + WRITTEN_AFTER
        if leader is None or one.state != "closed" or written > at or dice.random() < LEFT_OPEN:
            continue
        sessions = system(Role.SESSIONS)
        with moment(sessions, written):
            let_leader_in(sessions, user_id=one.leader_id, day=day, at=written)
        with moment(leader, written):
            clients = sorted(presence_at(leader, occurrence_id=one.occurrence_id))
            steps = objectives_of_many(leader, of=set(clients))
            lines = {
                pk: OwnLine(pk, dice.choice(rules.PARTICIPATION)[0], dice.choice(SAID),
                            next((step.key for step in steps.get(pk, ())), "") if dice.random() < 0.6 else "")
                for pk in clients}
            if clients:
                sign_group(leader, occurrence_id=one.occurrence_id, client_ids=clients, lines=lines,
                           shared=Shared(dice.choice(DONE)), signer=sign_as(leader), at=written)
