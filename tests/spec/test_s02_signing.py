"""S2. Who supervises whom, and who signs with whom, from a day to a day."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.clinic.people.commands_staff import NotKept, check_licence, note_absence, supervise
from daybridge.clinic.people.queries import staff
from daybridge.clinic.people.queries_signing import cosigner_of, licence_checks, needs_cosign, supervisions
from tests.cast import MONDAY

DAY = MONDAY.date()


def test_a_trainees_note_is_signed_by_the_supervisor_of_that_day(cast):
    """A change of supervisor holds from its day on; earlier days keep the former one."""
    iris, vera, osei = (cast.staff_ids[key] for key in ("iris", "vera", "osei"))

    supervise(cast.helen, staff_id=iris, supervisor_id=osei, from_day=DAY, at=MONDAY)

    assert needs_cosign(cast.nora, staff_id=iris, on=DAY)
    assert not needs_cosign(cast.nora, staff_id=cast.staff_ids["nora"], on=DAY)
    assert cosigner_of(cast.nora, staff_id=iris, on=DAY) == osei
    assert cosigner_of(cast.nora, staff_id=iris, on=DAY - timedelta(days=1)) == vera
    assert cosigner_of(cast.nora, staff_id=iris, on=date(2026, 1, 1)) is None


def test_who_stands_in_signs_while_a_supervisor_is_away(cast):
    """Notes do not wait for somebody who is ill."""
    note_absence(cast.helen, staff_id=cast.staff_ids["vera"], stand_in_id=cast.staff_ids["osei"],
                 expected_on=None, at=MONDAY)

    assert cosigner_of(cast.nora, staff_id=cast.staff_ids["iris"], on=DAY) == cast.staff_ids["osei"]


def test_somebody_without_a_licence_signs_for_nobody(cast):
    """A supervisor whose licence is not valid that day does not count: name another."""
    supervise(cast.helen, staff_id=cast.staff_ids["iris"], supervisor_id=cast.staff_ids["ruth"],
              from_day=DAY, at=MONDAY)

    assert cosigner_of(cast.nora, staff_id=cast.staff_ids["iris"], on=DAY) is None


def test_a_supervisor_may_sign_for_somebody_with_a_licence_too(cast):
    """After an error a programme may ask for a second signature, person by person."""
    supervise(cast.helen, staff_id=cast.staff_ids["paul"], supervisor_id=cast.staff_ids["vera"],
              from_day=DAY, signs_for=True, at=MONDAY)

    assert needs_cosign(cast.nora, staff_id=cast.staff_ids["paul"], on=DAY)
    assert [row.signs_for for row in supervisions(cast.nora, on=DAY)
            if row.staff_id == cast.staff_ids["paul"]] == [True]


def test_nobody_has_two_supervisors_or_supervises_themselves(cast):
    """The page says so, and PostgreSQL refuses it."""
    paul = cast.staff_ids["paul"]
    with pytest.raises(NotKept, match="themselves"):
        supervise(cast.helen, staff_id=paul, supervisor_id=paul, from_day=DAY, at=MONDAY)
    with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.helen),
          connection.cursor() as cursor):
        cursor.execute("INSERT INTO people_supervision (staff_id, supervisor_id, signs_for, from_day) "
                       "VALUES (%s, %s, false, %s)", [paul, cast.staff_ids["osei"], DAY])


def test_a_look_at_the_register_stays_as_it_was_written(cast):
    """Who looked a licence up, when and where is never changed, only looked up again."""
    licence = next(row for row in staff(cast.helen) if row.name == "Nora Feld").licences[0]

    check_licence(cast.helen, licence_id=licence.licence_id, found="valid",
                  source="NY Office of the Professions", at=MONDAY)

    assert licence_checks(cast.nora)[licence.licence_id].by == "Helen Carrow"
    with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.helen),
          connection.cursor() as cursor):
        cursor.execute("UPDATE people_licencecheck SET found = 'absent'")
