"""Whether a member of staff may be in charge: the rows of the database put to the rule."""

from datetime import date

from daybridge.clinic.people import rules
from daybridge.clinic.people.queries import StaffRow


def candidate(row: StaffRow) -> rules.Candidate:
    """Return somebody as the rules of being in charge see them."""
    return rules.Candidate(row.staff_id, tuple(
        rules.Valid(one.valid_from, one.valid_until, one.may_be_in_charge) for one in row.licences
    ))


def may_be_in_charge(row: StaffRow | None, day: date) -> bool:
    """Tell whether somebody is there and licensed that day (S2)."""
    return row is not None and rules.may_be_in_charge(candidate(row), day)
