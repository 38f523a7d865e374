"""Reading documents of the chart: each viewer meets the classes that they may read."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from daybridge.access import relations
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.policy import DataClass, Op
from daybridge.documents.models import ScannedDocument
from daybridge.documents.rules_files import KINDS, file_name

MOST = 200


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists show it."""

    document_id: uuid.UUID
    kind: str
    words: str
    about: str
    bound_to: str
    size: int
    by_user_id: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document's file."""

    name: str
    media_type: str
    content: bytes


class NoDocument(LookupError):
    """There is no such document for this viewer."""


@query(Can.SEE_DOCUMENTS)
def documents_of(viewer: Actor, /, *, client_id: int) -> list[DocumentRow]:
    """Return the documents of a client that the viewer may read, newest first."""
    rows = ScannedDocument.objects.filter(client_id=client_id).defer("content")
    return [
        DocumentRow(row.pk, row.kind, KINDS[row.kind].words, row.about, row.bound_to, row.size,
                    row.by_id, row.added_at)
        for row in rows.order_by("-added_at", "pk")[:MOST]
    ]


@query(Can.SEE_DOCUMENTS)
def document(viewer: Actor, /, *, client_id: int, document_id: uuid.UUID) -> DocumentFile:
    """Return the file of one document."""
    row = ScannedDocument.objects.filter(pk=document_id, client_id=client_id).first()
    if row is None:
        raise NoDocument
    return DocumentFile(file_name(str(row.pk), row.media_type), row.media_type, bytes(row.content))


@query(Can.KEEP_DOCUMENT)
def classes_to_keep(viewer: Actor, /, *, client_id: int) -> list[DataClass]:
    """Return the classes to which the viewer may bind a document of this client."""
    return [
        data for data in ScannedDocument.bound_classes
        if relations.reached(viewer, data, Op.WRITE, (client_id,))
    ]
