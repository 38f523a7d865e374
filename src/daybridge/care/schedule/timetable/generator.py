"""Makes up instances: a week in which everybody has everything is drawn first, then hidden.

What is hidden is a proof that the instance can be solved; last week is that week with a part
of its places forgotten and some groups at another time. For tests and figures, never for care.
"""

import random
from dataclasses import dataclass
from typing import Any

from daybridge.care.schedule.timetable.plan import GroupPlan, Plan, SessionPlan
from daybridge.care.schedule.timetable.problem import STRIDE, bits, of_windows, span, starts

DAYS, SLOTS, MAX_TOPIC, MIN_GROUP, MAX_SLOTS = 6, 25, 2, 4, 52
SIZES = {"S": (40, 1), "M": (150, 1), "L": (500, 3), "XL": (2000, 8)}  # clients, sites
TOPICS = ("psychoeducation", "relapse_prevention", "matrix_early_recovery", "motivational", "dbt_skills",
          "process", "family_education", "anger_mgmt", "life_skills", "mindfulness", "seeking_safety",
          "contingency")
LICENCES = ("LADC", "LCSW", "LPC", "LMFT")
SHIFTS = ((0, 17), (4, 20), (8, 25))
DURATIONS = (3, 3, 3, 3, 2, 4, 6)
KEPT, AS_PLANNED, SAME_LEADER, KNOWN = 0.65, 0.75, 0.85, 0.75


def generate(size: str, seed: int) -> tuple[dict[str, Any], Plan]:
    """Return an instance as its file holds it, and the hidden plan."""
    clients, sites = SIZES[size]
    dice = random.Random(f"timetable {size} {seed}")
    made = [_Site(f"s{n}", clients // sites + (n < clients % sites), dice) for n in range(sites)]
    data: dict[str, Any] = {
        "meta": {"name": f"{size}-own-{seed}", "days": DAYS, "slots_per_day": SLOTS, "slot_minutes": 30,
                 "day_start": "08:00", "max_topic_per_client": MAX_TOPIC, "min_group": MIN_GROUP},
        **{key: [row for one in made for row in getattr(one, key)]
           for key in ("rooms", "clinicians", "clients", "groups", "no_contact")},
        "sites": [one.name for one in made],
    }
    plan = Plan({pk: group for one in made for pk, group in one.plan.items()},
                tuple(session for one in made for session in one.sessions))
    return data, plan


@dataclass(slots=True)
class _Meets:
    """A group of the hidden week."""

    row: dict[str, Any]
    start: int
    leader: int
    room: int
    members: list[int]

    @property
    def mask(self) -> int:
        return span(self.start, self.row["dur"])


class _Site:
    """One site, drawn step by step: rooms, staff, groups that meet, clients in them, what is told of it."""

    def __init__(self, name: str, clients: int, dice: random.Random) -> None:
        self.name, self.dice = name, dice
        self.rooms: list[dict[str, Any]] = [
            {"id": f"{name}g{n}", "site": name, "kind": "group", "capacity": 13}
            for n in range(max(3, clients // 21))]
        self.offices: list[dict[str, Any]] = [
            {"id": f"{name}o{n}", "site": name, "kind": "office", "capacity": 4}
            for n in range(max(3, clients // 18))]
        self.clinicians = [self._clinician(n) for n in range(max(7, clients // 8))]
        self.staff_free = [of_windows(tuple(w) for w in one["windows"]) for one in self.clinicians]
        self.load = [0] * len(self.clinicians)
        self.room_free = [of_windows((d, 0, SLOTS) for d in range(DAYS))] * len(self.rooms)
        self.office_used: dict[int, int] = {}
        self.clients: list[dict[str, Any]] = []
        self.sessions: list[SessionPlan] = []
        self.meets = [one for n in range(max(20, clients // 2)) for one in [self._group(n)] if one]
        for n in range(clients):
            self._client(n)
        self._tell()
        self.rooms += self.offices

    def _clinician(self, n: int) -> dict[str, Any]:
        first, last = self.dice.choice(SHIFTS)
        windows = [[day, first, last] for day in range(5)]
        if self.dice.random() < 0.3:
            windows.append([5, 2, 10])
        return {"id": f"{self.name}k{n}", "site": self.name, "licences": [LICENCES[n % len(LICENCES)]],
                "languages": ["en", "es"] if n % 3 == 0 else ["en"], "windows": windows,
                "max_slots": MAX_SLOTS, "caseload": 14}

    def _group(self, n: int) -> _Meets | None:
        """Draw a group and where it meets; None when there is no place for it any more."""
        dice, dur = self.dice, self.dice.choice(DURATIONS)
        row: dict[str, Any] = {
            "id": f"{self.name}G{n}", "site": self.name, "topic": dice.choice(TOPICS), "ebp": "own",
            "licences": sorted(dice.sample(LICENCES, dice.randint(3, 4))), "dur": dur, "min_size": MIN_GROUP,
            "capacity": dice.choice((8, 10, 10, 12)), "gender": dice.choice((None, None, None, "F", "M")),
            "dual_only": dice.random() < 0.12, "language": "es" if dice.random() < 0.1 else "en",
            "stages": dice.choice(([1, 2, 3, 4], [1, 2, 3, 4], [1, 2], [3, 4], [1, 2, 3])), "last_week": None,
        }
        able = [k for k, one in enumerate(self.clinicians)
                if set(one["licences"]).intersection(row["licences"]) and row["language"] in one["languages"]
                and self.load[k] + dur <= 0.6 * MAX_SLOTS]
        dice.shuffle(able)
        for k in able:
            places = bits(starts(self.staff_free[k], dur))
            dice.shuffle(places)
            for at in places[:20]:
                room = next((r for r, free in enumerate(self.room_free) if starts(free, dur) >> at & 1), None)
                if room is not None:
                    return self._meet(row, at, k, room)
        return None

    def _meet(self, row: dict[str, Any], at: int, k: int, room: int) -> _Meets:
        one = _Meets(row, at, k, room, [])
        self.staff_free[k] &= ~one.mask
        self.room_free[room] &= ~one.mask
        self.load[k] += row["dur"]
        return one

    def _client(self, n: int) -> None:
        """Draw somebody, the groups they are in, their services, and when they can come."""
        dice = self.dice
        level = dice.choices(("IOP", "OP", "PHP"), (65, 27, 8))[0]
        wish = {"OP": dice.randint(6, 17), "IOP": dice.randint(18, 24), "PHP": dice.randint(26, 36)}[level]
        row: dict[str, Any] = {
            "id": f"{self.name}c{n}", "site": self.name, "gender": dice.choice("FM"),
            "dual": dice.random() < 0.4, "languages": ["es", "en"] if dice.random() < 0.15 else ["en"],
            "stage": dice.randint(1, 4), "level": level, "services": [],
            "max_day": 15 if level == "PHP" else 11, "max_week": 60 if level == "PHP" else 39,
        }
        days, topics, mine, busy = [0] * DAYS, dict.fromkeys(TOPICS, 0), [], 0
        services = [("individual", 2, list(LICENCES))]
        if dice.random() < 0.35:
            services.append(("family", 2, ["LMFT", "LCSW"]))
        for one in sorted(self.meets, key=lambda meeting: (len(meeting.members) >= MIN_GROUP, dice.random())):
            if sum(days) + one.row["dur"] <= wish and self._joins(row, one, days, topics, busy):
                busy |= one.mask
                days[one.start // STRIDE] += one.row["dur"]
                topics[one.row["topic"]] += 1
                mine.append(one)
        for kind, dur, licences in services:
            at = self._serve(row, kind, dur, licences, busy, days)
            if at is not None:
                busy |= span(at, dur)
                days[at // STRIDE] += dur
        for one in mine:
            one.members.append(n)
        row["prescribed"] = max(1, sum(days) - dice.choice((0, 0, 1)))
        if level == "IOP" and row["prescribed"] < 18:
            row["level"] = "OP"
        row["windows"] = self._windows(busy)
        row["required_topics"] = sorted({one.row["topic"] for one in mine})[: dice.randint(1, 2)]
        row["mine"] = mine
        self.clients.append(row)

    def _joins(
        self, row: dict[str, Any], one: _Meets, days: list[int], topics: dict[str, int], busy: int
    ) -> bool:
        group = one.row
        return (
            len(one.members) < group["capacity"] and not one.mask & busy
            and group["gender"] in (None, row["gender"]) and (row["dual"] or not group["dual_only"])
            and group["language"] in row["languages"] and row["stage"] in group["stages"]
            and topics[group["topic"]] < MAX_TOPIC
            and days[one.start // STRIDE] + group["dur"] <= row["max_day"] - 2
        )

    def _serve(self, row: dict[str, Any], kind: str, dur: int, licences: list[str], busy: int,
               days: list[int]) -> int | None:
        able = [k for k, one in enumerate(self.clinicians) if set(one["licences"]) & set(licences)
                and set(one["languages"]) & set(row["languages"]) and self.load[k] + dur <= 0.85 * MAX_SLOTS]
        self.dice.shuffle(able)
        for k in able:
            places = [at for at in bits(starts(self.staff_free[k] & ~busy, dur))
                      if days[at // STRIDE] + dur <= row["max_day"]
                      and all(self.office_used.get(b, 0) < len(self.offices) for b in range(at, at + dur))]
            if places:
                at = self.dice.choice(places)
                self.staff_free[k] &= ~span(at, dur)
                self.load[k] += dur
                for bit in range(at, at + dur):
                    self.office_used[bit] = self.office_used.get(bit, 0) + 1
                row["services"].append({"type": kind, "dur": dur, "licences": licences,
                                        "primary": self.clinicians[k]["id"]})
                self.sessions.append(SessionPlan(row["id"], kind, self.clinicians[k]["id"], at // STRIDE,
                                                 at % STRIDE, ""))
                return at
        return None

    def _windows(self, busy: int) -> list[list[int]]:
        """Return when somebody can come: around all they are in, with some time beside it."""
        found = []
        for day in range(DAYS):
            slots = [at % STRIDE for at in bits(busy) if at // STRIDE == day]
            if slots:
                found.append([day, max(0, min(slots) - self.dice.randint(0, 4)),
                              min(SLOTS, max(slots) + 1 + self.dice.randint(0, 4))])
            elif self.dice.random() < 0.3:
                first = self.dice.choice((0, 9, 17))
                found.append([day, first, min(SLOTS, first + 8)])
        return found

    def _tell(self) -> None:
        """Say of last week a part of what is hidden; close what is too small."""
        dice = self.dice
        self._close_small()
        for one in self.meets:
            if dice.random() < KNOWN:
                elsewhere = dice.randrange(5) * STRIDE + dice.randrange(20)
                at = one.start if dice.random() < AS_PLANNED else elsewhere
                leader = one.leader if dice.random() < SAME_LEADER else dice.randrange(len(self.clinicians))
                one.row["last_week"] = {"day": at // STRIDE, "start": at % STRIDE,
                                        "clinician": self.clinicians[leader]["id"]}
        for row in self.clients:
            row["last_week"] = [one.row["id"] for one in row.pop("mine")
                                if one in self.meets and dice.random() < KEPT]
        spare = [self._spare(n) for n in range(len(self.meets), len(self.meets) + len(self.meets) // 4)]
        self.groups = [*(one.row for one in self.meets), *spare]
        dice.shuffle(self.groups)
        self.plan = {one.row["id"]: GroupPlan(
            one.start // STRIDE, one.start % STRIDE, self.clinicians[one.leader]["id"],
            self.rooms[one.room]["id"], tuple(self.clients[n]["id"] for n in one.members))
            for one in self.meets}
        self.sessions = self._in_offices()
        self.no_contact = self._apart()

    def _close_small(self) -> None:
        """Take out groups that too few have joined, and their hours from what is prescribed."""
        for one in [m for m in self.meets if len(m.members) < MIN_GROUP]:
            self.meets.remove(one)
            for n in one.members:
                row = self.clients[n]
                row["prescribed"] = max(1, row["prescribed"] - one.row["dur"])
                topics = {m.row["topic"] for m in row["mine"] if m in self.meets}
                row["required_topics"] = [t for t in row["required_topics"] if t in topics]
                if row["level"] == "IOP" and row["prescribed"] < 18:
                    row["level"] = "OP"

    def _spare(self, n: int) -> dict[str, Any]:
        kin = dict(self.dice.choice(self.meets).row)
        return {**kin, "id": f"{self.name}X{n}", "topic": self.dice.choice(TOPICS), "last_week": None}

    def _in_offices(self) -> list[SessionPlan]:
        until, found = [0] * len(self.offices), []
        for one in sorted(self.sessions, key=lambda s: (s.day, s.start)):
            at = one.day * STRIDE + one.start
            room = next(r for r, end in enumerate(until) if end <= at)
            until[room] = at + 2
            found.append(SessionPlan(one.client, one.type, one.clinician, one.day, one.start,
                                     self.offices[room]["id"]))
        return found

    def _apart(self) -> list[list[str]]:
        """Return pairs who are never together in the hidden week."""
        found, together = [], {(a, b) for m in self.meets for a in m.members for b in m.members}
        for _ in range(max(2, len(self.clients) // 25)):
            a, b = self.dice.sample(range(len(self.clients)), 2)
            if (a, b) not in together:
                found.append([self.clients[a]["id"], self.clients[b]["id"]])
        return found
