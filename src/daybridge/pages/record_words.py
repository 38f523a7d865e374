"""The words of a copy of the record, English and Spanish; what the team wrote stays as it was written."""

WORDS: dict[str, str] = {
    "Allergies": "Alergias",
    "Answer": "Respuesta",
    "Asked on": "Preguntado el",
    "Birth date": "Fecha de nacimiento",
    "By": "Por",
    "Channel": "Contacto",
    "Came": "Asistencia",
    "Culture and faith": "Cultura y fe",
    "Decided": "Decisión",
    "Ended": "Terminó",
    "Form": "Cuestionario",
    "From": "Desde",
    "Gender": "Género",
    "Goal": "Meta",
    "Help": "Ayuda",
    "Last use": "Último uso",
    "Level of care": "Nivel de atención",
    "Medical": "Salud física",
    "Medicine": "Medicina",
    "Mental": "Salud mental",
    "Minutes": "Minutos",
    "Need": "Necesidad",
    "Nothing is on record.": "No hay nada registrado.",
    "Plan": "Plan",
    "Reason": "Razón",
    "Score": "Puntaje",
    "Seen": "Observado",
    "Signed": "Firmado",
    "Stage of treatment": "Etapa del tratamiento",
    "Step": "Paso",
    "Substance": "Sustancia",
    "To": "A",
    "Until": "Hasta",
    "What": "Qué",
    "Why": "Por qué",
    "Added later": "Agregado después",
    "Strengths": "Fortalezas",
    "A copy of my record": "Una copia de mi registro",
    "What the team wrote stands in the language they wrote it in.":
        "Lo que escribió el equipo está en el idioma en que lo escribió.",
    "Kept apart and not in this copy: counselling notes, if any. Ask for them in writing.":
        "Aparte y no en esta copia: las notas de consejería, si las hay. Pídalas por escrito.",
    "Page": "Página",
    "of": "de",
    "Made on": "Hecho el",
}


def said(word: str, language: str) -> str:
    """Return a word of the copy in a language."""
    return WORDS[word] if language == "es" else word
