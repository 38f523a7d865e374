"""`daybridge timetable`: solve, sick, place, check, generate. Files only; needs no database."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from daybridge.care.schedule.timetable import explain
from daybridge.care.schedule.timetable.checker import changed, judge
from daybridge.care.schedule.timetable.generator import SIZES, generate
from daybridge.care.schedule.timetable.instance import BadInstance, Instance, read_instance
from daybridge.care.schedule.timetable.plan import BadPlan, Plan, read_plan
from daybridge.care.schedule.timetable.sick import place, repair
from daybridge.care.schedule.timetable.solve import solve

SECONDS = {100: 20, 300: 60, 1000: 120}  # up to so many clients, so long
LONGEST = 240
SAVE_EVERY = 2.0
SHOWN = 20
INTERRUPTED = 130


class Wrong(Exception):
    """What was asked for can't be done; the message says why."""


def main(argv: list[str]) -> int:
    """Run one verb; return 1 and say what is wrong when it can't be done."""
    options = _parser().parse_args(argv)
    verb: Callable[[argparse.Namespace], int] = options.verb
    try:
        return verb(options)
    except Wrong as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="daybridge timetable", description="Plans a week.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    one = _verb(verbs, "solve", "plan a week", _solve, writes=True)
    one.add_argument("--previous", type=Path, help="begin from this plan")
    one.add_argument("--seconds", type=float, help="how long to search (default: by the number of clients)")
    one.add_argument("--seed", type=int, default=1)
    one = _verb(verbs, "sick", "a clinician is away: repair the week", _sick, writes=True, who="clinician")
    one.add_argument("--previous", type=Path, required=True)
    one = _verb(verbs, "place", "plan one client beside the others", _place, writes=True, who="client")
    one.add_argument("--previous", type=Path, required=True)
    one = _verb(verbs, "check", "judge a plan", _check, writes=False)
    one.add_argument("plan", type=Path)
    one.add_argument("previous", type=Path, nargs="?")
    one = verbs.add_parser("generate", help="make up an instance with a hidden plan in which all goes well")
    one.add_argument("size", choices=sorted(SIZES))
    one.add_argument("seed", type=int)
    one.add_argument("-o", dest="out", type=Path, required=True)
    one.set_defaults(verb=_generate)
    return parser


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str,
    verb: Callable[[argparse.Namespace], int], *, writes: bool, who: str = "",
) -> argparse.ArgumentParser:
    one = verbs.add_parser(name, help=words)
    if who:
        one.add_argument("who", metavar=who.upper())
    one.add_argument("instance", type=Path)
    if writes:
        one.add_argument("-o", dest="out", type=Path, required=True)
    one.set_defaults(verb=verb)
    return one


def _solve(options: argparse.Namespace) -> int:
    instance = _instance(options.instance)
    for line in explain.nobody_can_serve(instance)[:SHOWN]:
        sys.stderr.write(f"No plan can give this: {line}\n")
    seconds = options.seconds if options.seconds is not None else next(
        (s for most, s in SECONDS.items() if len(instance.clients) <= most), LONGEST)
    if seconds < 0:
        raise Wrong("--seconds is 0 (a first week only) or more.")
    previous = _plan(options.previous) if options.previous else None
    saver, code = _Saver(instance, options.out), 0
    try:
        plan = solve(instance, seconds=seconds, seed=options.seed, previous=previous, on_better=saver.better)
        saver.save(plan)
    except KeyboardInterrupt:
        code = INTERRUPTED
        saver.say("Interrupted: the best week so far is kept.")
    return _told(instance, _plan(options.out), None) or code


class _Saver:
    """Writes each better week that our judge accepts, whole or not at all, and shows the progress."""

    def __init__(self, instance: Instance, out: Path) -> None:
        self.instance, self.out = instance, out
        self.saved_at = 0.0
        self.waiting: Plan | None = None

    def better(self, plan: Plan, cost: int, share: float) -> None:
        """Hear of a better week."""
        filled = int(20 * share)
        self.say(f"\r[{'#' * filled}{'.' * (20 - filled)}] {100 * share:3.0f} %  cost {cost:6d}", end="")
        if time.monotonic() - self.saved_at >= SAVE_EVERY:
            self.save(plan)

    def save(self, plan: Plan) -> None:
        """Keep a week, unless it breaks a hard rule."""
        broken = judge(self.instance, plan).broken
        if broken:
            raise Wrong(f"\nThe plan broke a rule and was not kept: {broken[0]}. This is a fault of ours.")
        _write(self.out, plan.as_json())
        self.saved_at = time.monotonic()

    def say(self, words: str, end: str = "\n") -> None:
        """Show something to whoever waits."""
        sys.stderr.write(words + end)
        sys.stderr.flush()


def _sick(options: argparse.Namespace) -> int:
    instance, previous = _instance(options.instance), _plan(options.previous)
    if options.who not in {one.id for one in instance.clinicians}:
        raise Wrong(f"There is no clinician {options.who} in this instance.")
    return _repaired(instance, previous, lambda: repair(instance, previous, options.who), options.out)


def _place(options: argparse.Namespace) -> int:
    instance, previous = _instance(options.instance), _plan(options.previous)
    if options.who not in {one.id for one in instance.clients}:
        raise Wrong(f"There is no client {options.who} in this instance.")
    return _repaired(instance, previous, lambda: place(instance, previous, options.who), options.out)


def _repaired(instance: Instance, previous: Plan, work: Callable[[], Plan], out: Path) -> int:
    broken = judge(instance, previous).broken
    if broken:
        raise Wrong(f"The previous plan does not fit the instance: {broken[0]}.")
    began = time.monotonic()
    plan = work()
    sys.stderr.write(f"{time.monotonic() - began:.2f} s\n")
    _write(out, plan.as_json())
    return _told(instance, plan, previous)


def _check(options: argparse.Namespace) -> int:
    previous = _plan(options.previous) if options.previous else None
    return _told(_instance(options.instance), _plan(options.plan), previous)


def _told(instance: Instance, plan: Plan, previous: Plan | None) -> int:
    """Say how good a plan is and what it could not meet; 1 when it breaks a hard rule."""
    found = judge(instance, plan)
    say = sys.stdout.write
    say(f"\n{instance.name}: {found.reached} of {found.clients} clients reach their hours "
        f"({found.reached_percent:.1f} %), {found.iop_reached} of {found.iop} at IOP have nine; "
        f"cost {found.cost}; {len(found.broken)} hard rules broken\n")
    for line in found.broken[:SHOWN]:
        say(f"broken: {line}\n")
    if previous is not None:
        sessions = changed(previous, plan)
        say(f"{len(sessions)} sessions of {len({client for client, _ in sessions})} clients changed\n")
    if not found.broken:
        rows = explain.unmet(instance, plan)
        for line in explain.summary(rows):
            say(f"not met, {line}\n")
    return 1 if found.broken else 0


def _generate(options: argparse.Namespace) -> int:
    data, hidden = generate(options.size, options.seed)
    _write(options.out, data)
    found = judge(read_instance(data), hidden)
    sys.stdout.write(f"{options.out}: {found.clients} clients; the hidden plan costs {found.cost}\n")
    return 0


def _instance(path: Path) -> Instance:
    try:
        return read_instance(_json(path))
    except BadInstance as error:
        raise Wrong(f"{path} can't be used:\n{error}") from None


def _plan(path: Path) -> Plan:
    try:
        return read_plan(_json(path))
    except BadPlan as error:
        raise Wrong(f"{path} can't be used: {error}") from None


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Wrong(f"{path}: {error.strerror}.") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Wrong(f"{path} is not JSON: {error}.") from None


def _write(path: Path, data: object) -> None:
    """Write a file whole or not at all: a half-written plan is worse than the last one."""
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            json.dump(data, file)
        os.replace(file.name, path)  # noqa: PTH105 - atomic, on every system
    except OSError as error:
        raise Wrong(f"{path} can't be written: {error.strerror}.") from None
