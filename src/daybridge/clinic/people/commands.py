"""Registering people and changing what is known of them."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.access.relate import set_standing
from daybridge.clinic.people import rules
from daybridge.clinic.people.models import (
    Client,
    ClientIdentity,
    ClientProfile,
    ContactPoint,
    IdentityToken,
    NameToken,
    Supporter,
)
from daybridge.kernel import text


class NameMissing(ValueError):
    """Somebody needs a name to be called by; any name will do."""


@command(Can.REGISTER_CLIENT)
def register_client(
    actor: Actor,
    /,
    *,
    preferred_name: str,
    legal_name: str = "",
    birth_date: date | None = None,
    pronouns: str = "",
    language: str = "en",
    at: datetime,
) -> int:
    """Write down a person who asks for help and return the client's id."""
    name = text.tidy(preferred_name)
    if not name:
        raise NameMissing("What may we call you? Any name will do.")
    client = Client.objects.create(preferred_name=name, pronouns=text.tidy(pronouns))
    ClientIdentity(client=client, legal_name=text.tidy(legal_name), birth_date=birth_date).save()
    ClientProfile(client=client, language=language).save()
    _write_name_words(client.pk, name)
    _write_identity_words(client.pk, legal_name or name)
    set_standing(actor, client_id=client.pk, kind="pending", at=at)
    return client.pk


@command(Can.EDIT_CLIENT)
def change_names(
    actor: Actor,
    /,
    *,
    client_id: int,
    preferred_name: str,
    legal_name: str,
    pronouns: str,
    birth_date: date | None,
    version: int,
    at: datetime,
) -> None:
    """Change names, pronouns and date of birth; a stale version is a Conflict."""
    client = Client.objects.select_for_update().get(pk=client_id)
    identity = ClientIdentity.objects.get(client_id=client_id)
    if client.version != version:
        raise Conflict(
            {
                "preferred_name": client.preferred_name,
                "legal_name": identity.legal_name,
                "pronouns": client.pronouns,
                "birth_date": identity.birth_date or "",
            },
            version=client.version,
        )
    name = text.tidy(preferred_name)
    if not name:
        raise NameMissing("What may we call you? Any name will do.")
    client.preferred_name, client.pronouns = name, text.tidy(pronouns)
    client.version += 1
    client.save(update_fields=["preferred_name", "pronouns", "version"])
    identity.legal_name, identity.birth_date = text.tidy(legal_name), birth_date
    identity.save(update_fields=["legal_name", "birth_date"])
    _write_name_words(client_id, name)
    _write_identity_words(client_id, f"{legal_name or name} {identity.former_names}")


@command(Can.EDIT_CONTACT)
def add_contact_point(
    actor: Actor,
    /,
    *,
    client_id: int,
    kind: str,
    value: str,
    may_call: bool = False,
    may_text: bool = False,
    may_leave_voicemail: bool = False,
    safe_at_home: str = "not_asked",
    verified: bool = False,
    at: datetime,
) -> int:
    """Add a telephone number or an e-mail address with what is allowed on it.

    Verified means that it was read back to the person, or has answered: nothing is written to
    one that was not.
    """
    return ContactPoint.objects.create(
        client_id=client_id,
        kind=kind,
        value=text.tidy(value),
        folded=rules.fold_contact(kind, value),
        may_call=may_call,
        may_text=may_text,
        may_leave_voicemail=may_leave_voicemail,
        safe_at_home=safe_at_home,
        verified_at=at if verified else None,
    ).pk


@command(Can.EDIT_CONTACT)
def change_permissions(
    actor: Actor,
    /,
    *,
    client_id: int,
    contact_id: int,
    may_call: bool,
    may_text: bool,
    may_leave_voicemail: bool,
    safe_at_home: str,
    verified: bool,
    ended: bool = False,
    at: datetime,
) -> None:
    """Change what is allowed on one channel; the former answer stays in its history."""
    row = ContactPoint.objects.get(pk=contact_id, client_id=client_id)
    row.may_call, row.may_text, row.may_leave_voicemail = may_call, may_text, may_leave_voicemail
    row.safe_at_home = safe_at_home
    row.verified_at = (row.verified_at or at) if verified else None
    row.ended_at = at if ended else None
    row.save()


@command(Can.EDIT_DEMOGRAPHICS)
def change_profile(
    actor: Actor,
    /,
    *,
    client_id: int,
    language: str,
    other_languages: str = "",
    needs_interpreter: bool = False,
    gender: str = "",
    culture: str = "",
    faith: str = "",
    at: datetime,
) -> None:
    """Write down language, culture, faith and gender as the client wishes them known."""
    ClientProfile.objects.filter(client_id=client_id).update(
        language=language,
        other_languages=text.tidy(other_languages),
        needs_interpreter=needs_interpreter,
        gender=text.tidy(gender),
        culture=text.tidy(culture),
        faith=text.tidy(faith),
    )


@command(Can.EDIT_SUPPORTERS)
def add_supporter(
    actor: Actor,
    /,
    *,
    client_id: int,
    name: str,
    kind: str,
    relation: str = "",
    phone: str = "",
    is_safe: str = "not_asked",
    at: datetime,
) -> int:
    """Write down somebody who helps. Nothing is shared with them by this."""
    return Supporter.objects.create(
        client_id=client_id,
        name=text.tidy(name),
        kind=kind,
        relation=text.tidy(relation),
        phone=text.tidy(phone),
        is_safe=is_safe,
    ).pk


def _write_name_words(client_id: int, name: str) -> None:
    NameToken.objects.filter(client_id=client_id).delete()
    NameToken.objects.bulk_create(
        NameToken(client_id=client_id, word=word) for word in text.words(name)
    )


def _write_identity_words(client_id: int, names: str) -> None:
    IdentityToken.objects.filter(client_id=client_id).delete()
    IdentityToken.objects.bulk_create(
        IdentityToken(client_id=client_id, word=word, skeleton=text.skeleton(word))
        for word in text.words(names)
    )
