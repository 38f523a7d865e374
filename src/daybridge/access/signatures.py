"""Signing: name, credential, licence, time, the hash of exactly what was shown."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.models import Signature


@dataclass(frozen=True, slots=True)
class Signer:
    """How the signature reads: who, with which credential and licence."""

    name: str
    credential: str = ""
    licence: str = ""

    @property
    def line(self) -> str:
        """Return the signature in one line: name, credential, licence."""
        return ", ".join(part for part in (self.name, self.credential, self.licence) if part)[:300]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as pages show it."""

    name: str
    credential: str
    licence: str
    as_client: bool
    witnessed: bool
    signed_at: datetime


def is_really(actor: Actor, password: str) -> bool:
    """Check the person's own password once more, before a signature or an unlock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM access_user WHERE id = %s", [actor.user_id])
        row = cursor.fetchone()
    return row is not None and check_password(password, row[0])


def sign(
    actor: Actor,
    /,
    *,
    client_id: int,
    kind: str,
    object_id: int,
    shown: str,
    signer: Signer,
    meaning: str,
    as_client: bool,
    at: datetime,
) -> None:
    """Store a signature. Call inside a command, after the page has asked `is_really`.

    A client may sign on a staff member's device: then the staff member is the witness.
    """
    own = not as_client or "client" in actor.roles
    Signature(
        client_id=client_id,
        object_kind=kind,
        object_id=str(object_id),
        meaning=meaning,
        as_client=as_client,
        name=signer.name,
        credential=signer.credential,
        licence=signer.licence,
        signed_by_id=actor.user_id if own else None,
        witnessed_by_id=None if own else actor.user_id,
        signed_at=at,
        digest=hashlib.sha256(shown.encode()).hexdigest(),
    ).save(force_insert=True)


def signatures_of(kind: str, object_ids: list[int]) -> dict[int, list[Signed]]:
    """Return the signatures of these objects, oldest first (inside a guarded query)."""
    rows = Signature.objects.filter(
        object_kind=kind, object_id__in=[str(pk) for pk in object_ids]
    ).order_by("signed_at", "pk")
    found: dict[int, list[Signed]] = {pk: [] for pk in object_ids}
    for row in rows:
        found[int(row.object_id)].append(
            Signed(
                row.name,
                row.credential,
                row.licence,
                row.as_client,
                row.witnessed_by_id is not None,
                row.signed_at,
            )
        )
    return found
