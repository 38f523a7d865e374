"""Reading the papers behind a licence."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.clinic.people.models import Licence
from daybridge.clinic.people.models_papers import LicencePaper
from daybridge.clinic.people.queries import staff_names
from daybridge.documents.rules_files import file_name


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as the list shows it."""

    paper_id: uuid.UUID
    about: str
    size: int
    by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class LicencePapers:
    """A licence, whose it is, and its papers."""

    licence_id: int
    line: str
    holder: str
    papers: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper's file."""

    name: str
    media_type: str
    content: bytes


@query(Can.MANAGE_ACCOUNTS)
def licence_papers(viewer: Actor, /, *, licence_id: int) -> LicencePapers | None:
    """Return a licence with its papers, the newest first; None when there is no such licence."""
    one = Licence.objects.select_related("staff").filter(pk=licence_id).first()
    if one is None:
        return None
    rows = list(LicencePaper.objects.filter(licence_id=licence_id, ended_at=None).defer("content")
                .order_by("-added_at", "pk")[:100])
    by = staff_names(viewer, user_ids={row.by_id for row in rows})
    return LicencePapers(one.pk, f"{one.kind} {one.number}, {one.state}", one.staff.name, tuple(
        PaperRow(row.pk, row.about, row.size, by.get(row.by_id, ""), row.added_at) for row in rows))


@query(Can.MANAGE_ACCOUNTS)
def licence_paper(viewer: Actor, /, *, licence_id: int, paper_id: uuid.UUID) -> PaperFile | None:
    """Return the file of one paper."""
    row = LicencePaper.objects.filter(pk=paper_id, licence_id=licence_id, ended_at=None).first()
    if row is None:
        return None
    return PaperFile(file_name(str(row.pk), row.media_type), row.media_type, bytes(row.content))
