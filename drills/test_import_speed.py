"""Ten thousand clients from one file: how long the dry run and the import take.

Run with -s to read the figures. Source of the limit: own; unit: seconds on two cores.
"""

import sys
import time

from tests.cast import NOON
from tests.client_files import big

from daybridge.care.placement.queries import stays_by_client
from daybridge.clinic.people.queries_import import everybody
from daybridge.exchange.import_clients import import_clients

ROWS = 10_000
LONGEST_SECONDS = 180


def timed(cast, *, dry_run: bool):
    steps, began = [], time.monotonic()
    outcome = import_clients(
        cast.helen, big(ROWS), at=NOON, dry_run=dry_run,
        progress=lambda done, total: steps.append((done, total)),
    )
    took = time.monotonic() - began
    sys.stdout.write(f"\n{'dry run' if dry_run else 'import'}: {took:.1f} s, {ROWS / took:.0f} rows/s\n")
    return outcome, took, steps


def test_ten_thousand_rows_in_three_minutes(cast):
    before = len(everybody(cast.helen))

    dry, _, _ = timed(cast, dry_run=True)
    first, took, steps = timed(cast, dry_run=False)
    again, _, _ = timed(cast, dry_run=False)

    people = {one.client_id for one in everybody(cast.helen)}
    assert (dry.added, dry.known, dry.problems) == (ROWS, 0, ())
    assert (first.added, first.known, first.problems) == (ROWS, 0, ())
    assert (again.added, again.known, again.problems) == (0, ROWS, ())
    assert len(people) == before + ROWS
    assert len(stays_by_client(cast.helen, of=people)) == ROWS
    assert steps[-1] == (ROWS, ROWS)
    assert took < LONGEST_SECONDS
