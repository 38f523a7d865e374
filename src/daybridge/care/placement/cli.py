"""`daybridge placement recommend FILE.json`: JSON out, errors named on standard error."""

import json
import sys
from pathlib import Path
from typing import Any

from daybridge.care.placement.rules import BadInput, recommend

USAGE = "Use: daybridge placement recommend FILE.json"


def main(argv: list[str]) -> int:
    """Print the recommendation for one file; return 1 and say why when it can't be read."""
    if len(argv) != 2 or argv[0] != "recommend":  # noqa: PLR2004 - verb and file
        sys.stderr.write(USAGE + "\n")
        return 1
    try:
        ratings, flags = _read(Path(argv[1]))
        answer = recommend(ratings, flags)
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return 1
    json.dump(
        {
            "recommended": answer.recommended,
            "indicated": answer.indicated,
            "reasons": answer.reasons,
            "modifiers": answer.modifiers,
            "decision": answer.decision,
        },
        sys.stdout,
        indent=2,
    )
    sys.stdout.write("\n")
    return 0


def _read(path: Path) -> tuple[dict[str, Any], list[Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}.") from None
    except BadInput:
        raise
    except (ValueError, RecursionError):
        raise BadInput(f"{path} is not JSON in UTF-8.") from None
    if not isinstance(content, dict) or set(content) - {"ratings", "flags"}:
        raise BadInput(
            'The file holds {"ratings": {...}, "flags": [...]} and nothing else.'
        )
    ratings, flags = content.get("ratings", {}), content.get("flags", [])
    if not isinstance(ratings, dict) or not isinstance(flags, list):
        raise BadInput('"ratings" is an object, "flags" a list.')
    return ratings, flags


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, or say which name is there twice: nobody can know which is meant."""
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise BadInput(f"{', '.join(twice)} is there twice. Leave one.")
    return content
