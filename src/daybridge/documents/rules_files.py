"""Which files may enter a chart, told by their first bytes, never by their name."""

from dataclasses import dataclass

from daybridge.access.policy import DataClass

MOST_BYTES = 10_000_000
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
# first bytes -> media type; what is not listed does not enter
MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
ENDINGS = {PDF: "pdf", PNG: "png", JPEG: "jpg"}
# first bytes -> what people call it, to say plainly why it is refused
KNOWN_OTHERS = (
    (b"PK\x03\x04", "a packed file (zip, Word or Excel)"), (b"<svg", "a drawing (SVG)"),
    (b"<?xml", "a drawing or data file (SVG, XML)"), (b"<!doctype", "a web page"),
    (b"<html", "a web page"), (b"GIF8", "a GIF picture"), (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"), (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"MZ", "a program"),
)
WHAT_TO_DO = "Keep it as PDF, or scan or photograph it (PNG, JPEG)."


class NotAllowed(ValueError):
    """The file does not enter; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A type of document and the data class it is bound to unless somebody chooses another."""

    words: str
    bound_to: DataClass


KINDS = {
    "identity": DocumentKind("Identity paper", DataClass.IDENTITY),
    "insurance": DocumentKind("Insurance card or letter", DataClass.PAYER),
    "court_order": DocumentKind("Court paper", DataClass.PLACEMENT),
    "consent": DocumentKind("Consent signed on paper", DataClass.CONSENTS),
    "outside_record": DocumentKind("Record from elsewhere", DataClass.ASSESSMENT),
    "medical_report": DocumentKind("Medical report", DataClass.MEDICAL),
    "medicine_list": DocumentKind("List of medicines", DataClass.MEDICINE),
    "letter": DocumentKind("Letter about a referral", DataClass.REFERRAL),
    "other": DocumentKind("Something else", DataClass.ASSESSMENT),
}
# the class a document can be bound to, as staff know it
BOUND_WORDS = {
    DataClass.IDENTITY: "identity: team, intake, billing",
    DataClass.PAYER: "payer: team, intake, billing",
    DataClass.PLACEMENT: "placement: team without peers, intake before admission",
    DataClass.CONSENTS: "consents: team, intake, billing, privacy officer",
    DataClass.STAY: "stay: team, intake, front desk, billing",
    DataClass.ASSESSMENT: "evaluation: clinicians and case managers of the team",
    DataClass.INSTRUMENT: "questionnaires: clinicians and case managers of the team",
    DataClass.MEDICAL: "medical: clinicians and case managers of the team",
    DataClass.MEDICINE: "medicines: clinicians and case managers of the team",
    DataClass.REFERRAL: "referrals: team, intake",
    DataClass.NOTE: "notes: clinicians and peers of the team",
    DataClass.COUNSELLING_NOTE: "counselling notes, kept apart: counsellor and supervisor",
}


def sniff(content: bytes) -> str:
    """Return the media type of a file, or say why it does not enter."""
    if not content:
        raise NotAllowed("The file is empty. Choose it again.")
    if len(content) > MOST_BYTES:
        raise NotAllowed("The file is larger than 10 MB. Scan it in grey, or in parts.")
    for first, media_type in MAGIC:
        if content.startswith(first):
            return media_type
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for first, words in KNOWN_OTHERS:
        if start.startswith(first.lower()):
            raise NotAllowed(f"This is {words}. {WHAT_TO_DO}")
    raise NotAllowed(f"This is no PDF, PNG or JPEG, whatever its name says. {WHAT_TO_DO}")


def file_name(key: str, media_type: str) -> str:
    """Return the name under which a document leaves: ours, with nobody's name in it."""
    return f"document-{key[:8]}.{ENDINGS[media_type]}"
