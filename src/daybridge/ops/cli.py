"""The `daybridge` command."""

import argparse
import getpass
import importlib
import os
import sys
from collections.abc import Callable, Sequence

from daybridge.ops import postgres
from daybridge.site.config import load_config

# verbs that other parts carry out: "module:function", called with the remaining arguments
ELSEWHERE = {
    "run": (
        "daybridge.ops.serve:main",
        "start everything and say when the first page answers",
    ),
    "demo": ("daybridge.ops.demo:main", "load the demo clinic into an empty demo database"),
    "doctor": ("daybridge.ops.doctor:main", "check the machine and the settings"),
    "placement": ("daybridge.care.placement.cli:main", "recommend FILE.json"),
    "instruments": (
        "daybridge.exchange.packs_cli:main",
        "score NAME --answers FILE.json | list | check [FILE] | add FILE",
    ),
    "timetable": ("daybridge.care.schedule.timetable.cli:main",
                  "solve INSTANCE -o PLAN | sick CLINICIAN INSTANCE --previous PLAN -o PLAN | place | check"),
    "import": ("daybridge.exchange.import_cli:main", "clients FILE.csv [--dry-run]"),
    "bench": ("daybridge.ops.bench.command:main", "load --clients N | run: time pages beside a floor"),
}

NEED_DJANGO = ("demo", "import")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybridge.site.settings")
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in ELSEWHERE:
        if words[0] in NEED_DJANGO or words[:2] == ["instruments", "add"]:
            _django()
            _bring_up()
        return _elsewhere(ELSEWHERE[words[0]][0])(words[1:])
    options = _parser().parse_args(words)
    verb: Callable[[argparse.Namespace], int] = options.verb
    return verb(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="daybridge", description="Runs a day programme.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, (_, help_text) in ELSEWHERE.items():
        verbs.add_parser(name, help=help_text)
    verbs.add_parser("stop", help="stop the database").set_defaults(verb=_stop)
    verbs.add_parser("migrate", help="bring the database up to date").set_defaults(verb=_migrate)
    admin = verbs.add_parser("createadmin", help="make the first director's account")
    admin.add_argument("--email", required=True)
    admin.add_argument("--name", required=True)
    admin.set_defaults(verb=_create_admin)
    audit = verbs.add_parser("audit", help="verify: name every edit, cut or swap of the record")
    audit.add_argument("what", choices=["verify"])
    audit.set_defaults(verb=_audit)
    manage = verbs.add_parser("manage", help="Django's own commands")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    manage.set_defaults(verb=_manage)
    return parser


def _elsewhere(path: str) -> Callable[[list[str]], int]:
    module, name = path.split(":")
    try:
        found: Callable[[list[str]], int] = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise SystemExit("This version can't do that yet.") from None
    return found


def _stop(_options: argparse.Namespace) -> int:
    stopped = postgres.stop(load_config().home)
    print("PostgreSQL has stopped." if stopped else "PostgreSQL was not running.")
    return 0


def _django() -> None:
    import django  # noqa: PLC0415 - settings are read only when a verb needs them

    django.setup()


def _bring_up() -> None:
    """Start the database when it does not answer; a running clinic is left alone."""
    from daybridge.ops.database import answers, prepare  # noqa: PLC0415

    if not answers():
        prepare()


def _migrate(_options: argparse.Namespace) -> int:
    _django()
    from daybridge.ops.database import prepare  # noqa: PLC0415

    prepare()
    return 0


def _create_admin(options: argparse.Namespace) -> int:
    _django()
    from daybridge.access.accounts import create_admin  # noqa: PLC0415
    from daybridge.ops.database import prepare  # noqa: PLC0415

    prepare()
    password = getpass.getpass("Password (12 characters or more): ")
    create_admin(email=options.email, name=options.name, password=password)
    print(f"{options.email} can sign in now and is asked for a second factor.")
    return 0


def _audit(_options: argparse.Namespace) -> int:
    _django()
    from daybridge.access import seal  # noqa: PLC0415
    from daybridge.ops.database import prepare  # noqa: PLC0415

    prepare()
    anchor = seal.anchor()
    findings = seal.verify(anchor)
    for finding in findings:
        print(finding)
    print(f"{seal.head_now().count} acts are sealed, {seal.unsealed()} wait for their seal.")
    if anchor is None:
        print("No anchor was found: a cut end would not be seen.")
    print("The record is whole." if not findings else f"{len(findings)} findings.")
    return 1 if findings else 0


def _manage(options: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["daybridge", *options.rest])
    return 0
