"""Numbers and days as a form sends them. Whatever else was sent is no number and no day."""

from datetime import date

LARGEST = 2**31 - 1
LONGEST_NUMBER = 10
FIRST_YEAR, LAST_YEAR = 1900, 2200


def whole(sent: str | None) -> int:
    """Return a whole number such as an id or a version; 0, which no id is, for all else."""
    digits = (sent or "").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER):
        return 0
    number = int(digits)
    return number if number <= LARGEST else 0


def day(sent: str | None) -> date | None:
    """Return a day like 2026-11-16, or None: 31 February is no day, the year 9999 a slip."""
    try:
        found = date.fromisoformat((sent or "").strip())
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
