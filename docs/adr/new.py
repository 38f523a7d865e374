"""Begin an architecture decision record: the next number, in the name and in the heading."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent
FORM = """# {number}. {title}
Date {day}. Status: proposed.
## Context
## Decision
## Rejected
## Consequences
"""


def main(title: str) -> None:
    """Write the file and say where."""
    number = 1 + max((int(path.name[:4]) for path in FOLDER.glob("0*.md")), default=0)
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    path = FOLDER / f"{number:04}-{slug}.md"
    path.write_text(FORM.format(number=number, title=title, day=datetime.now(UTC).date()))
    print(path)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]).strip() or sys.exit('Give a title: make adr title="..."'))
