"""Client files for tests and drills: any number of invented people, the same every time."""

from daybridge.exchange.client_file import COLUMNS

HEAD = ",".join(COLUMNS)
FIRST = ("Maria", "André", "Jonah", "Łucja", "Zoë", "Omar", "Priya", "Siobhán", "Tariq", "Nhung")
LAST = ("Delgado", "Novak", "O'Brien", "Grünwald", "van Dijk", "Okafor", "Smith-Jones", "Nguyễn")


def row(number: int, *, primary: str = "nora@clinic.example", charge: str = "") -> str:
    """Return one person: names repeat, birth date and telephone tell them apart."""
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    born = f"{1950 + number % 50}-{1 + number // 50 % 12:02}-{1 + number // 600 % 28:02}"
    admitted = f"2026-{8 + number % 3:02}-{1 + number % 28:02}"
    return (
        f"{first} {last},{first} Q. {last},{born},212 555 {number:04},p{number}@home.example,"
        f"{'es' if number % 8 == 0 else 'en'},{'iop' if number % 3 else 'php'},{admitted},"
        f"{admitted if number % 2 else ''},{primary},{charge},{9 + number % 4},"
        f"{'Likes mornings' if number % 5 == 0 else ''}"
    )


def big(rows: int) -> bytes:
    """Return a file of so many people, all different."""
    return "\n".join((HEAD, *(row(number) for number in range(rows)))).encode()
