"""The notice that goes with every disclosure, from the rule's text (42 CFR 2.32).

A constant on purpose: the programme's counsel compares it with the rule and notes the day.
"""

SOURCE = "42 CFR 2.32(a) as amended, 89 FR 12472 (16 Feb 2024)"
VERSION = "2024-02-16"

SHORT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."

LONG = (
    "This record which has been disclosed to you is protected by federal confidentiality rules "
    "(42 CFR part 2). These rules prohibit you from using or disclosing this record, or testimony "
    "that describes the information contained in this record, in any civil, criminal, "
    "administrative, or legislative proceedings by any Federal, State, or local authority, against "
    "the patient, unless authorized by the consent of the patient, except as provided at 42 CFR "
    "2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, "
    "the federal rules prohibit you from making any other use or disclosure of this record unless "
    "at least one of the following applies: (i) Further use or disclosure is expressly permitted by "
    "the written consent of the individual whose information is being disclosed in this record or "
    "as otherwise permitted by 42 CFR part 2. (ii) You are a covered entity or business associate "
    "and have received the record for the purpose of treatment, payment, or health care operations. "
    "(iii) You have received the record from a covered entity or business associate as permitted by "
    "45 CFR part 164, subparts A and E. A general authorization for the release of medical or other "
    "information is NOT sufficient to meet the required elements of written consent to the further "
    "use or redisclosure of the record (see 42 CFR 2.31)."
)

# ours, for the reader; the English text is the one that binds
LONG_ES = (
    "Traducción de cortesía; vale el texto en inglés. Este registro está protegido por las reglas "
    "federales de confidencialidad (42 CFR parte 2). Estas reglas le prohíben usar o revelar este "
    "registro, o un testimonio que lo describa, en cualquier procedimiento civil, penal, "
    "administrativo o legislativo contra la persona atendida, salvo con su consentimiento, según 42 "
    "CFR 2.12(c)(5) o por orden de un tribunal según 42 CFR 2.64 o 2.65. Tampoco puede usarlo ni "
    "revelarlo de otro modo, salvo que el consentimiento escrito de la persona o 42 CFR parte 2 lo "
    "permitan, o que lo haya recibido como entidad cubierta o asociada, o de una de ellas, según 45 "
    "CFR parte 164. Una autorización general para dar información médica NO basta (42 CFR 2.31)."
)


def text(language: str, scope: str) -> str:
    """Return the long form with the scope of the consent; in Spanish both texts stand."""
    words = f"{LONG}\n\n{LONG_ES}" if language == "es" else LONG
    return f"{words}\n\n{scope}"
