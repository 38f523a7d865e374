"""The words of consents, in English and Spanish: what each data class and purpose means to people.

A signed text is frozen in the language it was read in, so that both stand here side by side.
"""

from collections.abc import Iterable
from datetime import date

from daybridge.access.policy import DataClass
from daybridge.documents.rules import WITHIN_TPO, Kind, Offer, Purpose

TEXT_VERSION = "2026-01-sample"
D = DataClass

# what the client lets us tell; (English, Spanish)
CLASS_WORDS: dict[DataClass, tuple[str, str]] = {
    D.NAME: ("the name I use", "el nombre que uso"),
    D.IDENTITY: ("my legal name and date of birth", "mi nombre legal y mi fecha de nacimiento"),
    D.CONTACT: ("my phone and e-mail", "mi teléfono y mi correo"),
    D.DEMOGRAPHICS: ("my languages, culture and faith", "mis idiomas, mi cultura y mi fe"),
    D.SCHEDULE: ("the days and times I am asked to come", "los días y horas en que debo venir"),
    D.ATTENDANCE: ("which sessions I came to, and for how long",
                   "a qué sesiones vine y por cuánto tiempo"),
    D.STAY: ("when I began, my level of care, how it ended",
             "cuándo empecé, mi nivel de atención, cómo terminó"),
    D.ASSESSMENT: ("my evaluation", "mi evaluación"),
    D.INSTRUMENT: ("my answers to questionnaires", "mis respuestas a cuestionarios"),
    D.PLACEMENT: ("where I should get care, and why", "dónde debo recibir atención y por qué"),
    D.PLAN: ("my treatment plan", "mi plan de tratamiento"),
    D.MEDICINE: ("my medicines and allergies", "mis medicinas y alergias"),
    D.MEDICAL: ("medical findings", "hallazgos médicos"),
    D.REFERRAL: ("where I was referred to", "a dónde me enviaron"),
    D.PAYER: ("my insurance", "mi seguro"),
    D.NOTE: ("notes about my sessions", "notas de mis sesiones"),
    D.COUNSELLING_NOTE: ("counselling notes that are kept apart",
                         "notas de consejería que se guardan aparte"),
    D.CONSENTS: ("papers I signed", "papeles que firmé"),
    D.DISCLOSURE: ("what was told to others", "lo que se contó a otros"),
    D.REQUEST: ("what I asked for", "lo que pedí"),
}
PURPOSE_WORDS: dict[Purpose, tuple[str, str]] = {
    Purpose.TPO: ("treatment, payment, and running the programme",
                  "tratamiento, pago y el trabajo del programa"),
    Purpose.TREATMENT: ("my treatment", "mi tratamiento"),
    Purpose.PAYMENT: ("paying for my care", "el pago de mi atención"),
    Purpose.OPERATIONS: ("running the programme", "el trabajo del programa"),
    Purpose.CRIMINAL_JUSTICE: ("my court case, probation or parole",
                               "mi caso en el tribunal o mi libertad condicional"),
    Purpose.PROCEEDINGS: ("a legal case in which my record may be used",
                          "un juicio en el que se puede usar mi registro"),
    Purpose.WORK: ("my work", "mi trabajo"),
    Purpose.SCHOOL: ("my school", "mi escuela"),
    Purpose.BENEFITS: ("housing, benefits or other help", "vivienda, beneficios u otra ayuda"),
    Purpose.SUPPORT: ("so that they can support me", "para que puedan apoyarme"),
    Purpose.OWN_REQUEST: ("because I ask for it", "porque yo lo pido"),
}
PROVIDERS = "my treating providers, health plans, other payers, and those who help run this programme"
PROVIDERS_ES = "quienes me tratan, planes de salud, otros pagadores y quienes ayudan a llevar el programa"
KIND_WORDS: dict[Kind, str] = {
    Kind.PARTNER: "A doctor, clinic or other helper", Kind.SUPPORTER: "Family or a friend",
    Kind.COURT: "A court, probation or parole", Kind.EMPLOYER: "An employer",
    Kind.SCHOOL: "A school", Kind.PAYER: "An insurer or other payer",
    Kind.PROVIDERS: "All who treat me and pay for it (a class)", Kind.CLIENT: "The client",
}


def class_words(data: DataClass | str, language: str) -> str:
    """Return what a data class is called to a client."""
    return CLASS_WORDS[DataClass(data)][language == "es"]


def purpose_words(purpose: Purpose | str, language: str) -> str:
    """Return what a purpose is called to a client."""
    return PURPOSE_WORDS[Purpose(purpose)][language == "es"]


MONTHS_ES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
             "octubre", "noviembre", "diciembre")


def long_day(day: date, language: str) -> str:
    """Write a day as letters do: 19 November 2026."""
    if language == "es":
        return f"{day.day} de {MONTHS_ES[day.month - 1]} de {day.year}"
    return f"{day.day} {day:%B %Y}"


def ends_words(expires_on: date | None, event: str, language: str) -> str:
    """Return when a consent ends: a day, an event, the earlier of both, or never by itself."""
    spanish = language == "es"
    day = long_day(expires_on, language) if expires_on else ""
    if day and event:
        return f"el {day}, o cuando {event}" if spanish else f"on {day}, or when {event}"
    if day:
        return f"el {day}" if spanish else f"on {day}"
    if event:
        return f"cuando {event}" if spanish else f"when {event}"
    return "sin fecha de fin" if spanish else "no end date"


def scope_words(
    classes: Iterable[str], recipient: str, purpose: str, ends: str, language: str
) -> str:
    """Return the scope of a consent in one sentence: it goes with each disclosure (2.32)."""
    what = "; ".join(class_words(data, language) for data in sorted(classes))
    why = purpose_words(purpose, language)
    if language == "es":
        return (f"Alcance del consentimiento: {what}. Para: {recipient}. "
                f"Fin: {why}. Termina: {ends}.")
    return f"Scope of the consent: {what}. To: {recipient}. Purpose: {why}. Ends: {ends}."


def consent_words(offer: Offer, *, client: str, house: str, expires_on: date | None,
                  language: str) -> str:
    """Return the whole text that the client reads and signs, with every element of 2.31."""
    items = "\n".join(f"- {class_words(data, language)}" for data in
                      (D.NAME, *sorted(offer.classes - {D.NAME})))
    ends = ends_words(expires_on, offer.expiry_event, language)
    words = _SPANISH if language == "es" else _ENGLISH
    spanish = language == "es"
    parts = [
        words["lets"].format(client=client, house=house, recipient=offer.recipient),
        f"{words['what']}\n{items}",
        words["why"].format(why=purpose_words(offer.purpose, language)),
        words["ends"].format(ends=ends),
        _stop_words(offer, spanish=spanish),
        words["notice"],
        words["refuse"],
    ]
    if offer.purpose in {Purpose.TPO, *WITHIN_TPO}:
        parts.append(words["again"])
    return "\n\n".join([*parts, words["sample"]])


def _stop_words(offer: Offer, *, spanish: bool) -> str:
    if offer.irrevocable:
        return (
            f"No puedo detener esto antes: solo termina cuando {offer.expiry_event}. Lo sé antes de "
            "firmar." if spanish else
            f"I can't stop this before it ends: it ends only when {offer.expiry_event}. I know this "
            "before I sign.")
    return (
        "Puedo detener esto cuando quiera: en mi página, o diciéndolo o escribiéndolo a cualquiera "
        "del equipo. Desde ese momento no se cuenta más. Lo que ya se contó no vuelve."
        if spanish else
        "I can stop this at any time: on my own page, or by telling or writing to anyone on the "
        "team. From then on nothing more is told. What was told before stays told.")


_ENGLISH = {
    "lets": "I, {client}, let {house} tell {recipient}:",
    "what": "What may be told, and nothing else:",
    "why": "Why: {why}.",
    "ends": "When it ends: {ends}.",
    "notice": "By law each paper that leaves carries a notice. It tells the reader that it is about "
              "care for substance use.",
    "refuse": "I don't have to sign. My care here does not depend on it. Without it, they are not "
              "told, and I may have to show them papers myself.",
    "again": "Those who get it for treatment, payment or running care may pass it on as health "
             "privacy law (HIPAA) allows, but never use it against me in a legal case.",
    "sample": "Sample text. The programme's own text takes its place.",
}
_SPANISH = {
    "lets": "Yo, {client}, permito que {house} cuente a {recipient}:",
    "what": "Lo que se puede contar, y nada más:",
    "why": "Para qué: {why}.",
    "ends": "Cuándo termina: {ends}.",
    "notice": "Por ley, cada papel que sale lleva un aviso. El aviso le dice a quien lo lee que trata "
              "de atención por uso de sustancias.",
    "refuse": "No tengo que firmar. Mi atención aquí no depende de esto. Si no firmo, no se les "
              "cuenta nada, y quizá yo mismo tenga que mostrar papeles.",
    "again": "Quienes lo reciben para tratar, pagar o dar atención lo pueden pasar como permite la "
             "ley de privacidad de salud (HIPAA), pero nunca usarlo contra mí en un juicio.",
    "sample": "Texto de muestra. El texto del programa tomará su lugar.",
}
