"""Making a code for the door, putting a tablet there, saying "I am here" at it."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.hours import rules_kiosk
from daybridge.care.hours.commands import check_in
from daybridge.care.hours.models_kiosk import DoorCode, KioskDevice
from daybridge.care.hours.queries_kiosk import whose_session
from daybridge.kernel import text
from daybridge.kernel.secret import digest, drawn

TRIES = 20


class NotMade(ValueError):
    """It can't be made; the message says what to do."""


@command(Can.CHECK_IN)
def make_code(actor: Actor, /, *, client_id: int, at: datetime) -> str:
    """Return a client's new code; the former one ends at once."""
    DoorCode.objects.filter(client_id=client_id, ended_at=None).update(ended_at=at)
    for _ in range(TRIES):
        code = f"{secrets.randbelow(10 ** rules_kiosk.DIGITS):0{rules_kiosk.DIGITS}d}"
        try:
            with transaction.atomic():
                DoorCode.objects.create(client_id=client_id, code=code, made_at=at)
        except IntegrityError:  # somebody else's: whoever asks can't see that, so PostgreSQL says it
            continue
        return code
    raise NotMade("No code could be made. Try again, or see the desk.")


@command(Can.MANAGE_ACCOUNTS)
def add_device(actor: Actor, /, *, name: str, at: datetime) -> str:
    """Return the secret of a new tablet's address."""
    called = text.tidy(name)[:60]
    if not called:
        raise NotMade("Give the tablet a name, such as where it stands.")
    token = drawn()
    KioskDevice.objects.create(name=called, digest=digest(token), made_at=at)
    return token


@command(Can.MANAGE_ACCOUNTS)
def end_device(actor: Actor, /, *, device_id: int, at: datetime) -> None:
    """End a tablet's address at once."""
    KioskDevice.objects.filter(pk=device_id, ended_at=None).update(ended_at=at)


@command(Can.MANAGE_ACCOUNTS)
def count_wrong(actor: Actor, /, *, device_id: int, at: datetime) -> None:
    """Count a code that was nobody's, or came too early."""
    one = KioskDevice.objects.select_for_update().get(pk=device_id)
    one.wrong, one.wrong_since = rules_kiosk.after_wrong(one.wrong, one.wrong_since, at)
    one.save(update_fields=["wrong", "wrong_since"])


@command(Can.CHECK_IN)
def arrive(worker: Actor, /, *, code: str, at: datetime) -> bool:
    """Check somebody in by their code; False when there is nobody, or nothing to come for now."""
    found = whose_session(worker, code=code, at=at) if code else None
    if found is None:
        return False
    check_in(worker, client_id=found[0], occurrence_id=found[1], at=at)
    return True
