"""The words that may leave the house, and the check that they tell nothing.

A message may be read by whoever holds the telephone. So there is no free text: a template
in two languages, filled with checked pieces; and whatever comes out is searched for words
that would tell where it comes from. Source: UX.md, "Notifications"; SECURITY.md, threat 10.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from daybridge.kernel import text

LANGUAGES = ("en", "es")
SUBJECT = {"en": "A message for you", "es": "Un mensaje para usted"}
HIDDEN = "••••••"
WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}
MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}


class Template(StrEnum):
    """What a message is for, by a name that tells nothing."""

    TIME = "time"
    LOOK = "look"
    OFF = "off"
    CALL = "call"
    CODE = "code"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Wording:
    """A template: its words, the piece nobody but the receiver may read, when it may go out.

    `any_hour`: the receiver is waiting for it at this moment, so quiet hours do not hold it.
    """

    says: Mapping[str, str]
    secret: frozenset[str] = frozenset()
    any_hour: bool = False


WORDINGS = {
    Template.TIME: Wording({
        "en": "{when}. Reply 1 for yes, 2 for another time",
        "es": "{when}. Responda 1 para sí, 2 para otra hora",
    }),
    Template.LOOK: Wording({
        "en": "Please look at your page before {when}",
        "es": "Por favor mire su página antes de: {when}",
    }),
    Template.OFF: Wording({
        "en": "{when} does not take place. We will call you about another time",
        "es": "{when} no tendrá lugar. Le llamaremos para darle otra hora",
    }),
    Template.CALL: Wording({
        "en": "Please call {name}, {phone}",
        "es": "Por favor llame a {name}, {phone}",
    }),
    Template.CODE: Wording({
        "en": "Your code is {code}. It is good for {minutes} minutes",
        "es": "Su código es {code}. Sirve durante {minutes} minutos",
    }, secret=frozenset({"code"}), any_hour=True),
    Template.INVITATION: Wording({
        "en": "Your page is ready: {link}",
        "es": "Su página está lista: {link}",
    }, secret=frozenset({"link"})),
}
_DAY = "|".join(day for days in WEEKDAYS.values() for day in days)
_MONTH = "|".join(month for months in MONTHS.values() for month in months)
PIECES = {
    "when": re.compile(rf"({_DAY})( \d\d? ({_MONTH}))? \d\d?:\d\d"),
    "name": re.compile(r"(?=.{1,40}$)[^\W\d_]+([ .'-]+[^\W\d_]+){0,3}\.?"),
    "phone": re.compile(r"\+?[0-9][0-9 ().-]{4,18}"),
    "code": re.compile(r"[0-9A-Z-]{4,12}"),
    "minutes": re.compile(r"[1-9][0-9]?"),
    "link": re.compile(r"https?://[A-Za-z0-9._~:/?#&=%-]{4,300}"),
}

# Long ones are looked for anywhere, also inside an address; short ones as whole words.
_ANYWHERE = (
    "treatment", "tratamiento", "counsel", "consejer", "clinic", "alcohol", "alkohol", "recover",
    "recuperac", "addict", "adiccion", "programme", "outpatient", "ambulatori", "rehab", "detox",
    "desintoxic", "relapse", "recaida", "therap", "terapeut", "terapia", "substance", "sustancia",
    "sobriety", "sobriedad", "psychiat", "psiquiat", "methadone", "metadona", "buprenorphin",
    "buprenorfin", "suboxone", "naloxon", "opioid", "overdose", "sobredosis", "narcotic",
)
_WHOLE = frozenset(text.words("""
    program programs programa programas test tests tested testing prueba pruebas examen analisis
    group groups grupo grupos drug drugs droga drogas sober sobrio sobria drink drinking drunk
    bebida beber use using urine orina sample muestra screen screening iop php addict
    patient patients paciente pacientes nurse doctor hospital session sessions sesion sesiones
    diagnosis diagnostico relapsed meth heroin heroina cocaine cocaina fentanyl fentanilo opiate
"""))
# words of a programme's name that are in every second message and tell nothing
_COMMON = frozenset(text.fold(word) for wording in WORDINGS.values()
                    for says in wording.says.values() for word in re.findall(r"\w+", says))
_SHORT, _LONG = 3, 6


class NotNeutral(ValueError):
    """The words would tell where the message comes from."""


class NotFilled(ValueError):
    """A piece is missing, not wanted, or not of its shape."""


def compose(
    template: Template, language: str, pieces: Mapping[str, str], *, programme: str
) -> str:
    """Return the words of a message, or refuse."""
    says = WORDINGS[template].says[in_language(language)]
    wanted = set(re.findall(r"{(\w+)}", says))
    if set(pieces) != wanted:
        raise NotFilled(f"The message needs: {', '.join(sorted(wanted))}.")
    for piece, value in pieces.items():
        if not PIECES[piece].fullmatch(value):
            raise NotFilled(f"This does not look like what the message needs: {piece}.")
    body = says.format(**pieces)
    told = telling(body, programme=programme)
    if told:
        raise NotNeutral(f"The message would say “{told[0]}” to whoever reads it.")
    return body


def shown(template: Template, language: str, pieces: Mapping[str, str]) -> str:
    """Return the words as the house may read them: codes and links are covered."""
    wording = WORDINGS[template]
    covered = {key: HIDDEN if key in wording.secret else value for key, value in pieces.items()}
    return wording.says[in_language(language)].format(**covered)


def telling(body: str, *, programme: str) -> list[str]:
    """Return the words in a message that tell something about its receiver."""
    plain = text.fold(body)
    single = re.findall(r"[^\W_]+", plain)
    joined = ["".join(re.findall(r"[^\W_]+", part)) for part in plain.split()]
    own = _own_words(programme)
    anywhere = [*_ANYWHERE, *(word for word in own if len(word) >= _LONG)]
    found = [stem for stem in anywhere if any(stem in part for part in joined)]
    return found + [word for word in single if word in _WHOLE or word in own]


def _own_words(programme: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.fold(programme))
    return [word for word in words if len(word) > _SHORT and word not in _COMMON]


def in_language(language: str) -> str:
    """Return a language we have words in: the receiver's, or English."""
    return language if language in LANGUAGES else LANGUAGES[0]


def when_words(moment: datetime, zone: ZoneInfo, language: str, *, at: datetime) -> str:
    """Return "Thu 10:30"; from a week ahead on with its date, so that no Thursday is mistaken."""
    local, today = moment.astimezone(zone), at.astimezone(zone)
    spoken = in_language(language)
    date = ""
    if abs(local.date() - today.date()) >= timedelta(days=7):
        date = f" {local.day} {MONTHS[spoken][local.month - 1]}"
    return f"{WEEKDAYS[spoken][local.weekday()]}{date} {local.hour}:{local.minute:02}"
