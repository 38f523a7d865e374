"""Documents: what enters, and that the database asks the class each row is bound to."""

import io
import zipfile

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON

from daybridge.access import identity, relations
from daybridge.access.gate import Refused
from daybridge.access.models import AuditEvent
from daybridge.access.policy import DataClass, Op
from daybridge.documents.commands_files import keep_document
from daybridge.documents.models import ScannedDocument
from daybridge.documents.queries_files import documents_of
from daybridge.documents.rules_files import KINDS, MOST_BYTES, NotAllowed, file_name, sniff

PDF = b"%PDF-1.7\n%scan"
INSERT = """
INSERT INTO documents_scanneddocument (id, client_id, bound_to, kind, about, media_type, digest, size,
                                       content, by_id, added_at)
VALUES (gen_random_uuid(), %s, %s, 'other', '', 'application/pdf', '', 1, 'x', %s, now())
"""


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bomb", b"0" * 1000)
    return out.getvalue()


@pytest.mark.parametrize("content", [
    b"", b"hello", b"<svg xmlns='x' onload='alert(1)'/>", b"\xef\xbb\xbf <?xml version='1.0'?><svg/>",
    b"<!DOCTYPE html><script>alert(1)</script>", packed(), b"GIF89a", b"II*\0", b"MZ\x90",
    b" %PDF-1.7", b"\0" * 100, b"%PDF-" + b"0" * MOST_BYTES,
])
def test_what_is_no_pdf_png_or_jpeg_stays_outside_and_is_told_why(content):
    with pytest.raises(NotAllowed) as refused:
        sniff(content)
    assert len(str(refused.value).split()) > 4


@pytest.mark.parametrize(("content", "ending"), [
    (PDF, "pdf"), (b"\x89PNG\r\n\x1a\nrest", "png"), (b"\xff\xd8\xff\xe0", "jpg"),
])
def test_the_first_bytes_tell_the_type_and_the_name_is_ours(content, ending):
    assert file_name("0123456789", sniff(content)) == f"document-01234567.{ending}"


def may_write(actor, bound, client_id) -> bool:
    with identity.acting(actor, at=NOON):
        return bool(relations.reached(actor, bound, Op.WRITE, {client_id}))


@pytest.mark.parametrize("bound", ScannedDocument.bound_classes)
def test_row_level_security_asks_the_class_a_document_is_bound_to(cast, bound):
    """Raw SQL as the program's own login, as everybody: seen and written as the class says."""
    maria, wrong = cast.maria.client_id, []
    writer = next(actor for actor in cast.staff.values() if may_write(actor, bound, maria))
    with identity.acting(writer, at=NOON):
        ScannedDocument(
            client_id=maria, bound_to=bound, kind="other", media_type="application/pdf", size=1,
            content=PDF, by_id=writer.user_id, added_at=NOON,
        ).save(force_insert=True)
    for first, actor in cast.everyone.items():
        with identity.acting(actor, at=NOON), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM documents_scanneddocument WHERE bound_to = %s", [bound])
            if bool(cursor.fetchone()[0]) != bool(relations.reached(actor, bound, Op.READ, {maria})):
                wrong.append(f"{first} reads")
            try:
                with transaction.atomic():
                    cursor.execute(INSERT, [maria, bound, cast.nora.user_id])
                    written = True
                    transaction.set_rollback(True)
            except ProgrammingError:  # insufficient privilege
                written = False
            if written != bool(relations.reached(actor, bound, Op.WRITE, {maria})):
                wrong.append(f"{first} writes")
    assert wrong == []


def test_every_type_of_document_is_bound_to_a_class_that_documents_know():
    assert {one.bound_to for one in KINDS.values()} <= set(ScannedDocument.bound_classes)


def test_nobody_binds_a_document_to_what_they_may_not_write(cast):
    keep = {"client_id": cast.maria.client_id, "kind": "other", "about": "", "content": PDF, "at": NOON}

    with pytest.raises(Refused):
        keep_document(cast.tess, bound_to=DataClass.COUNSELLING_NOTE, **keep)
    with pytest.raises(NotAllowed):
        keep_document(cast.nora, bound_to=DataClass.NAME, **keep)
    keep_document(cast.nora, bound_to=DataClass.COUNSELLING_NOTE, **keep)

    assert len(documents_of(cast.vera, client_id=cast.maria.client_id)) == 1
    assert documents_of(cast.osei, client_id=cast.maria.client_id) == []


def test_a_document_is_given_out_as_a_file_that_can_do_nothing_and_each_time_is_on_record(cast):
    ids = {"client_id": cast.maria.client_id}
    one = keep_document(cast.nora, **ids, kind="identity", bound_to=DataClass.IDENTITY,
                        about="../../etc/passwd\0.svg", content=PDF, at=NOON)
    where = reverse("documents:fetch", kwargs={**ids, "document_id": one})

    answer = sign_in(cast.osei).get(where)

    assert answer.content == PDF
    assert answer.headers["Content-Disposition"] == f'attachment; filename="document-{str(one)[:8]}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with identity.acting(cast.helen):
        assert AuditEvent.objects.filter(act=f"documents:fetch {one}", user_id=cast.osei.user_id).exists()
    assert sign_in(cast.fay).get(where).status_code in {403, 404}
    assert sign_in(cast.paul).get(where).status_code in {403, 404}
    other = reverse("documents:fetch", kwargs={"client_id": cast.andre.client_id, "document_id": one})
    assert sign_in(cast.sam).get(other).status_code == 404
