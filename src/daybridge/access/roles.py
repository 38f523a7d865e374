"""Who may be somebody here, how far a cell of the policy reaches: the words of `policy.py`."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A hat that somebody wears; one person may wear several."""

    DIRECTOR = "director"
    SUPERVISOR = "clinical_supervisor"
    COUNSELLOR = "counsellor"
    PHYSICIAN = "physician"
    NURSE = "nurse"
    PEER = "peer"
    CASE_MANAGER = "case_manager"
    ON_CALL = "on_call"
    INTAKE = "intake"
    FRONT_DESK = "front_desk"
    TECHNICIAN = "technician"
    PRIVACY = "privacy_officer"
    QUALITY = "quality_manager"
    AUDITOR = "auditor"
    BILLING = "billing"
    CLIENT = "client"
    SUPPORTER = "supporter"
    ANONYMOUS = "anonymous"
    KIOSK = "kiosk"
    CALENDAR = "calendar_token"
    SIGN_IN = "system:sign-in"
    SETUP = "system:setup"
    SEALER = "system:sealer"
    NIGHTLY = "system:nightly"
    SESSIONS = "system:sessions"
    MESSENGER = "system:messenger"
    MEASURES = "system:measures"
    IMPORTER = "system:importer"
    EMERGENCY = "system:emergency"


class Scope(StrEnum):
    """How far a cell reaches; the letters of the table."""

    ALL = "A"
    TEAM = "T"
    OWN = "O"
    CONSENT = "C"
    GLASS = "G"
    LEADS = "L"
    VISIT = "V"
    PENDING = "P"
    DUTY = "D"


class Op(StrEnum):
    """Reading or writing."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one role may do with one data class."""

    read: frozenset[Scope]
    write: frozenset[Scope]

    def scopes(self, op: Op) -> frozenset[Scope]:
        """Return the scopes of reading or of writing."""
        return self.read if op is Op.READ else self.write


def scopes_of(letters: str) -> frozenset[Scope]:
    """Return the scopes that a cell of the policy's table writes as letters."""
    return frozenset(Scope(letter) for letter in letters if letter != "-")
