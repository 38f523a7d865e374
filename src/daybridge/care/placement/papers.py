"""The papers at admission: which there are, and our sample texts.

Samples, marked so: a programme replaces them by its own, looked at by its counsel.
Source: PROGRAMME.md 8; 42 CFR 2.22 (notice), 2.31 (consent).
"""

from dataclasses import dataclass

VERSION = 1


@dataclass(frozen=True, slots=True)
class PaperText:
    """One paper: title and words, in English and Spanish (Spanish not reviewed yet)."""

    code: str
    title: str
    words: str
    title_es: str
    words_es: str


PAPERS = {
    paper.code: paper
    for paper in (
        PaperText(
            "consent", "Consent to treatment",
            "I want to take part in this programme. It was explained to me what it offers, what "
            "else there is, and that I may leave at any time and come back.",
            "Consentimiento para el tratamiento",
            "Quiero participar en este programa. Me explicaron qué ofrece, qué otras opciones hay, "
            "y que puedo irme en cualquier momento y volver.",
        ),
        PaperText(
            "privacy", "Notice of privacy, with the Part 2 notice",
            "Federal law (42 CFR Part 2) protects your record. We tell nobody that you come here "
            "unless you agree in writing, a court orders it, or your life is in danger. You may see "
            "your record, ask who looked, and take back what you agreed to.",
            "Aviso de privacidad, con el aviso de la Parte 2",
            "La ley federal (42 CFR Parte 2) protege su expediente. No decimos a nadie que usted "
            "viene aquí a menos que usted lo acepte por escrito, un juez lo ordene o su vida esté en "
            "peligro. Usted puede ver su expediente, preguntar quién lo miró y retirar su permiso.",
        ),
        PaperText(
            "rights", "Your rights, and how to complain",
            "You are treated with respect. You may refuse any part of treatment. Tell any of us, or "
            "write to the director; you hear from us in two working days and it never counts "
            "against you.",
            "Sus derechos y cómo presentar una queja",
            "Le tratamos con respeto. Puede rechazar cualquier parte del tratamiento. Hable con "
            "cualquiera de nosotros o escriba a la dirección; le respondemos en dos días hábiles y "
            "nunca le perjudica.",
        ),
        PaperText(
            "fees", "Fees", "What you pay was told to me in figures before I began. Money alone "
            "never ends treatment without a talk.",
            "Costos", "Me dijeron cuánto pago antes de empezar. El dinero por sí solo nunca termina "
            "el tratamiento sin una conversación.",
        ),
        PaperText(
            "testing", "How testing works",
            "Days are drawn at random. A result is talked about with me first. It changes the plan, "
            "not my place here.",
            "Cómo funcionan las pruebas",
            "Los días se sortean al azar. Primero hablan conmigo sobre el resultado. Cambia el plan, "
            "no mi lugar aquí.",
        ),
        PaperText(
            "ending", "How a stay can end",
            "Nothing ends by the calendar. If I leave early I am asked why, and told how to come "
            "back. The programme ends a stay only for safety, with a reason and another offer.",
            "Cómo puede terminar una estancia",
            "Nada termina por el calendario. Si me voy antes, me preguntan por qué y me dicen cómo "
            "volver. El programa solo termina una estancia por seguridad, con una razón y otra opción.",
        ),
        PaperText(
            "crisis", "Help day and night",
            "I have the number that is answered day and night, 988, and 911.",
            "Ayuda de día y de noche",
            "Tengo el número que contestan de día y de noche, el 988 y el 911.",
        ),
        PaperText(
            "limits", "Limits of confidentiality",
            "Staff must act if somebody may be hurt: me, a child, an old person, somebody I threaten.",
            "Límites de la confidencialidad",
            "El personal debe actuar si alguien puede sufrir daño: yo, un menor, una persona mayor o "
            "alguien a quien yo amenace.",
        ),
    )
}
