"""`daybridge instruments`: score, list, check, add. JSON out, errors named on standard error."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from daybridge.care.instruments.definition import BadDefinition
from daybridge.care.instruments.library import LARGEST_FILE, load, read_one
from daybridge.care.instruments.rules import score
from daybridge.care.instruments.rules_shape import Critical, Instrument, OutOfSet, WrongShape


class BadInput(Exception):
    """What was given can't be used; each line says why."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        super().__init__(*lines)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong like every other mistake here: one line, exit code 1."""

    def error(self, message: str) -> NoReturn:
        raise BadInput([f"{message}. {' '.join(self.format_usage().split())}"])


def main(argv: list[str]) -> int:
    """Carry out one verb; return 1 and say why when it can't be done."""
    try:
        options = _parser().parse_args(argv)
        verb: Callable[[argparse.Namespace], int] = options.verb
        return verb(options)
    except BadInput as error:
        for line in error.lines:
            sys.stderr.write(f"{line}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="daybridge instruments")
    verbs = parser.add_subparsers(required=True, metavar="VERB", parser_class=_Parser)
    one = verbs.add_parser("score", help="score answers: JSON out")
    one.add_argument("name")
    one.add_argument("--answers", required=True, type=Path, metavar="FILE.json")
    one.set_defaults(verb=_score)
    verbs.add_parser("list", help="the instruments and their licences").set_defaults(verb=_list)
    check = verbs.add_parser("check", help="check one definition file, or all that ship")
    check.add_argument("file", nargs="?", type=Path)
    check.set_defaults(verb=_check)
    return parser


def _score(options: argparse.Namespace) -> int:
    instrument = _named(options.name)
    answers, context = _given(options.answers)
    try:
        found = score(instrument, answers, context)
    except (OutOfSet, WrongShape) as error:
        raise BadInput([str(error)]) from None
    if found.missing:
        sys.stderr.write(f"Not answered: {', '.join(found.missing)}\n")
    json.dump(
        {
            "score": found.score,
            "band": found.band,
            "critical": [_critical(one) for one in found.critical],
            "status": found.status,
        },
        sys.stdout,
        indent=2,
    )
    sys.stdout.write("\n")
    return 0


def _critical(one: Critical) -> dict[str, Any]:
    return {
        "name": one.name,
        "what": one.what,
        "items": sorted(one.items),
        "minutes": one.minutes,
        "steps": list(one.steps),
    }


def _list(_options: argparse.Namespace) -> int:
    for name, one in load().instruments.items():
        asked = sum(item.required for item in one.items)
        sys.stdout.write(f"{name:16} {one.licence.kind:9} {asked:3}  {one.title['en']}\n")
    for problem in load().problems:
        sys.stderr.write(f"{problem}\n")
    return 0


def _check(options: argparse.Namespace) -> int:
    if options.file is None:
        if load().problems:
            raise BadInput([str(problem) for problem in load().problems])
        sys.stdout.write(f"{len(load().instruments)} instruments, no mistakes.\n")
        return 0
    try:
        one = read_one(options.file)
    except BadDefinition as error:
        raise BadInput([f"{options.file.name}: {words}" for words in error.problems]) from None
    sys.stdout.write(f"{one.name}: no mistakes.\n")
    return 0


def _named(name: str) -> Instrument:
    try:
        return load().get(name)
    except KeyError:
        known = ", ".join(load().instruments)
        raise BadInput([f"No instrument is called {name[:40]}. There are: {known}."]) from None


def _given(path: Path) -> tuple[Any, dict[str, Any]]:
    """Return answers and context of a file, or say what is wrong with it."""
    content = _json(path)
    if not isinstance(content, dict) or set(content) - {"answers", "context"}:
        raise BadInput(
            ['The file holds {"answers": [...] or {...}, "context": {...}} and nothing else.']
        )
    answers, context = content.get("answers"), content.get("context")
    if not isinstance(answers, list | dict):
        raise BadInput(['"answers" is a list in the order of the items, or an object by item.'])
    if not isinstance(context, dict | None):
        raise BadInput(['"context" is an object.'])
    return answers, context or {}


def _json(path: Path) -> object:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput([f"{path} is larger than {LARGEST_FILE} bytes."])
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except OSError as error:
        raise BadInput([f"{path}: {error.strerror or error}."]) from None
    except (ValueError, RecursionError):
        raise BadInput([f"{path} is not JSON in UTF-8."]) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, or say which name is there twice: nobody can know which is meant."""
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise BadInput([f"{', '.join(twice)} is there twice. Leave one."])
    return content
