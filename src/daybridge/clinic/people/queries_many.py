"""Reading a few facts about many clients at once, one query each."""

from dataclasses import dataclass

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.models import TeamMember
from daybridge.clinic.people.models import ClientProfile, ContactPoint


@dataclass(frozen=True, slots=True)
class JoinFacts:
    """What groups ask of a client: languages and gender as the client wishes them known."""

    languages: tuple[str, ...]
    gender: str


@query(Can.SEE_DEMOGRAPHICS)
def join_facts(viewer: Actor, /, *, of: set[int]) -> dict[int, JoinFacts]:
    """Return what groups ask, for many clients at once."""
    rows = ClientProfile.objects.filter(client__in=of)
    return {
        row.client_id: JoinFacts((row.language, *row.other_languages.split()), row.gender)
        for row in rows
    }


@query(Can.SEE_DEMOGRAPHICS)
def need_interpreters(viewer: Actor, /, *, of: set[int]) -> set[int]:
    """Return those of these clients who need an interpreter."""
    rows = ClientProfile.objects.filter(client__in=of, needs_interpreter=True)
    return set(rows.values_list("client_id", flat=True))


@query(Can.SEE_TEAM)
def primary_of(viewer: Actor, /, *, of: set[int]) -> dict[int, str]:
    """Return the name of each client's primary counsellor."""
    rows = TeamMember.objects.filter(client__in=of, part="primary", until_at=None)
    return {
        client_id: name or ""
        for client_id, name in rows.order_by("pk").values_list("client_id", "user__staff__name")
    }


@query(Can.SEE_CONTACT)
def contact_rules(viewer: Actor, /, *, of: set[int]) -> dict[int, str]:
    """Return what is allowed on each client's telephone, in words, for many at once."""
    found: dict[int, str] = {}
    rows = ContactPoint.objects.filter(client__in=of, kind="phone", ended_at=None)
    for row in rows.order_by("-pk"):
        allowed = [
            word for word, may_do in (
                ("call", row.may_call), ("text", row.may_text),
                ("voicemail", row.may_leave_voicemail),
            ) if may_do
        ]
        unsafe = "" if row.safe_at_home == "yes" else " Ask first if the line is safe."
        found[row.client_id] = f"{row.value}: {', '.join(allowed) or 'nothing allowed'}.{unsafe}"
    return found
