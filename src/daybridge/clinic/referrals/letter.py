"""The words of a referral letter, in English and Spanish: only the parts that are asked for."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from daybridge.access.policy import DataClass
from daybridge.clinic.people.queries import ClientName, ContactRow, IdentityRow, ProfileRow
from daybridge.clinic.programme.queries import House
from daybridge.clinic.referrals import rules
from daybridge.clinic.referrals.rows import PartnerRow, ReferralRow
from daybridge.documents.rules import Kind, Purpose, Recipient

TEMPLATE = Path(__file__).parent / "data" / "referral.typ"
# what may stand in it beside name and request, in this order
OPTIONAL = (DataClass.IDENTITY, DataClass.CONTACT, DataClass.DEMOGRAPHICS)
PART_WORDS = {
    DataClass.IDENTITY: "Legal name and date of birth", DataClass.CONTACT: "How to reach the client",
    DataClass.DEMOGRAPHICS: "Languages, interpreter",
}
LANGUAGE_NAMES = {"en": ("English", "inglés"), "es": ("Spanish", "español")}
WORDS = {
    "en": {
        "title": "Referral", "urgent": "Urgent.", "who": "Who", "name": "Name",
        "asked": "What we ask for", "service": "Service", "request": "Request",
        "identity": "For your records", "legal": "Legal name", "born": "Date of birth",
        "contact": "How to reach the client", "reach": "Speaks", "interpreter": "Needs an interpreter",
        "please": "Please tell us", "regards": "With thanks,",
        "notice_short": "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
        "no_message": "do not leave a message", "by_us": "Through us only, please.",
    },
    "es": {
        "title": "Carta de referencia", "urgent": "Urgente.", "who": "Quién", "name": "Nombre",
        "asked": "Lo que pedimos", "service": "Servicio", "request": "Pedido",
        "identity": "Para sus archivos", "legal": "Nombre legal", "born": "Fecha de nacimiento",
        "contact": "Cómo comunicarse con la persona", "reach": "Habla",
        "interpreter": "Necesita intérprete", "please": "Por favor, díganos",
        "regards": "Con gracias,",
        "notice_short": "42 CFR parte 2 prohíbe usar o revelar estos registros sin autorización.",
        "no_message": "no deje mensajes", "by_us": "Por favor, solo a través de nosotros.",
    },
}
ASKS = {
    "en": ("whether you accept, and when the client will be seen ({seen});",
           "that the client was seen;", "what you found, and what you advise."),
    "es": ("si acepta, y cuándo verá a la persona ({seen});",
           "que la persona fue atendida;", "qué encontró y qué aconseja."),
}
BEFORE = {"en": "we ask: by {day}", "es": "pedimos: hasta el {day}"}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
Line = dict[str, str]


def purpose_of(kind: str) -> Purpose:
    """Return the purpose for which a service's letter is written."""
    return Purpose.BENEFITS if kind in rules.BENEFITS else Purpose.TREATMENT


def recipient_of(name: str, address: str) -> Recipient:
    """Return the partner as the door wants it."""
    return Recipient(name, address, Kind.PARTNER)


def day_words(moment: date, language: str) -> str:
    """Return a day as a letter writes it."""
    month = MONTHS[language].split()[moment.month - 1]
    if language == "es":
        return f"{moment.day} de {month} de {moment.year}"
    return f"{month} {moment.day}, {moment.year}"


def parts(
    row: ReferralRow, name: ClientName, known: Mapping[DataClass, object], language: str
) -> list[tuple[str, list[Line]]]:
    """Return the letter's parts in order; `known` holds what may be told beside the request."""
    w = WORDS[language]
    service = rules.SPANISH[row.kind] if language == "es" else row.title
    found = [
        (w["who"], [_line(w["name"], name.name)]),
        (w["asked"], [_line(w["service"], service), _line(w["request"], row.why)]),
    ]
    identity = known.get(DataClass.IDENTITY)
    if isinstance(identity, IdentityRow):
        born = day_words(identity.birth_date, language) if identity.birth_date else "?"
        found.append((w["identity"], [_line(w["legal"], identity.legal_name or "?"), _line(w["born"], born)]))
    reach = known.get(DataClass.CONTACT)
    if isinstance(reach, list):
        lines = [_reach(one, w) for one in reach if isinstance(one, ContactRow) and one.may_call]
        found.append((w["contact"], lines or [_line("", w["by_us"])]))
    speaks = known.get(DataClass.DEMOGRAPHICS)
    if isinstance(speaks, ProfileRow):
        codes = [speaks.language, *speaks.other_languages.split()]
        spoken = ", ".join(LANGUAGE_NAMES.get(code, (code, code))[language == "es"] for code in codes)
        found.append((w["reach"], [_line("", spoken)] + (
            [_line("", w["interpreter"])] if speaks.needs_interpreter else [])))
    return found


def data(
    row: ReferralRow, house: House | None, partner: PartnerRow | None, address: str, *,
    made: list[tuple[str, list[Line]]], seen_by: datetime, at: datetime, signer: str, language: str,
) -> dict[str, object]:
    """Return what the template reads."""
    seen = BEFORE[language].format(day=day_words(seen_by, language))
    return {
        "w": WORDS[language], "language": language, "day": day_words(at, language),
        "house": house.name if house else "", "house_address": house.address if house else "",
        "house_phone": house.phone if house else "", "recipient": row.to,
        "recipient_address": partner.address if partner and partner.address else address,
        "urgent": row.urgency == "high", "parts": made, "signer": signer,
        "asks": [one.format(seen=seen) for one in ASKS[language]],
    }


def _line(label: str, value: str) -> Line:
    return {"label": label, "value": value}


def _reach(one: ContactRow, w: Mapping[str, str]) -> Line:
    quiet = "" if one.may_leave_voicemail else f" ({w['no_message']})"
    return _line("", f"{one.value}{quiet}")
