"""Input checks of the medical pages; they save nothing."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from daybridge.care.medical import scales
from daybridge.care.medical.catalogue import NEVER, Kind, screen
from daybridge.care.medical.commands import Value
from daybridge.care.medical.rules import CONSENT, DECISION, SEEN_BY, SUBSTANCE, URGENCY, WHERE, WISH
from daybridge.care.medicines.forms import DayField, line

NOT_ASKED = "not asked"


def _capital(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(value, words.capitalize()) for value, words in choices]


def several(
    label: str, *, rows: int = 2, most: int = 2000, required: bool = False, empty: str = ""
) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": empty} if empty else {})


class AnswerForm(forms.Form):
    """A prescriber's answer to a warning."""

    warned = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    decision = forms.ChoiceField(label="What you decide", choices=_capital(DECISION))
    reason = several("Reason", required=True, empty="Give the reason in your own words.")


class OfferForm(forms.Form):
    """A medicine offered."""

    substance = forms.ChoiceField(label="For", choices=_capital(SUBSTANCE))
    medicine = line("Which medicine", required=True, empty="Write which medicine was offered.",
                    help_text="Buprenorphine, methadone, naltrexone; for alcohol naltrexone, acamprosate.")
    wish = forms.ChoiceField(label="What the client wants", choices=_capital(WISH), widget=forms.RadioSelect)
    why = line("In the client's words", 300)
    ask_again_on = DayField(label="Ask again on", required=False,
                            help_text="For no and not now; empty: in 30 days.")


class BeginForm(forms.Form):
    """A medicine has begun."""

    substance = forms.ChoiceField(label="For", choices=_capital(SUBSTANCE))
    medicine = line("Which medicine", required=True, empty="Write which medicine has begun.")
    begun_on = DayField(label="Begun on")
    prescriber = line("Who prescribes it", required=True, empty="Write who prescribes it.")
    here = forms.BooleanField(label="One of us", required=False)


class PrescriberForm(forms.Form):
    """An outside prescriber."""

    name = line("Name", required=True, empty="Write who prescribes.")
    place = line("Where")
    consent = forms.ChoiceField(label="May we tell them?", choices=_capital(CONSENT), initial="not_asked",
                                widget=forms.RadioSelect)


class TellForm(forms.Form):
    """They were told."""

    outside = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    how = line("How", 200, required=True)


class NeedForm(forms.Form):
    """A medical need that a person found."""

    words = line("What has to be looked at", 200, required=True, empty="Say what has to be looked at.")
    urgency = forms.ChoiceField(label="How soon", choices=_capital(URGENCY), initial="within 14 days",
                                widget=forms.RadioSelect)


class SeenForm(forms.Form):
    """Seen by a physician."""

    needs = forms.TypedMultipleChoiceField(label="For", coerce=int, widget=forms.CheckboxSelectMultiple,
                                           error_messages={"required": "Choose at least one need."})
    where = forms.ChoiceField(label="By", choices=_capital(WHERE))
    who = line("Name", required=True, empty="Write who saw the client.")
    on = DayField(label="On")
    at_time = forms.TimeField(label="At", required=False,
                              widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    words = several("What came of it", most=500)

    def __init__(self, *args: Any, open_needs: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the needs that nobody has seen."""
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = open_needs  # type: ignore[attr-defined]
        self.initial.setdefault("needs", [pk for pk, _ in open_needs])

    def seen_at(self, zone: ZoneInfo) -> datetime:
        """Return when the client was seen; without a time, midday."""
        said = self.cleaned_data
        return datetime.combine(said["on"], said["at_time"], zone) if said["at_time"] else midday(
            said["on"], zone)


class ValuesForm(forms.Form):
    """Fields for kinds of observations; what is left empty is not asked."""

    def __init__(self, *args: Any, asked: tuple[Kind, ...], zone: ZoneInfo, **kwargs: Any) -> None:
        """Add the fields of each kind."""
        super().__init__(*args, **kwargs)
        self.asked, self.zone = asked, zone
        for kind in asked:
            self.fields |= _fields(kind)

    @property
    def rows(self) -> list[tuple[Kind, list[forms.BoundField]]]:
        """Return each kind with its fields, for the page."""
        return [(kind, [self[name] for name in _fields(kind)]) for kind in self.asked]

    def clean(self) -> dict[str, Any]:
        """Ask for the second number of a pair."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for kind in self.asked:
            one, other = said.get(kind.slug), said.get(f"{kind.slug}_low")
            if kind.type == "pair" and (one is None) != (other is None):
                self.add_error(kind.slug, f"{kind.title} has two numbers, like 128 and 82.")
        return said

    def values(self) -> dict[str, Value]:
        """Return what was answered."""
        said = self.cleaned_data
        found = {kind.slug: _value(kind, said, self.zone) for kind in self.asked}
        return {slug: value for slug, value in found.items() if value is not None}


def _fields(kind: Kind) -> dict[str, forms.Field]:
    if kind.type == "choice":
        choices = [*((one, one.capitalize()) for one in kind.choices), ("", NOT_ASKED.capitalize())]
        return {kind.slug: forms.ChoiceField(label=kind.title, choices=choices, required=False,
                                             widget=forms.RadioSelect)}
    if kind.type == "use":
        return {
            kind.slug: DayField(label=kind.title, required=False),
            f"{kind.slug}_time": forms.TimeField(
                label="At what time", required=False,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")),
            f"{kind.slug}_never": forms.BooleanField(label="Never, or not in a year", required=False),
        }
    fields: dict[str, forms.Field] = {kind.slug: _number(kind, f"{kind.title} ({kind.unit})")}
    if kind.type == "pair":
        fields[f"{kind.slug}_low"] = _number(kind, "Lower number")
    return fields


def _number(kind: Kind, label: str) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, min_value=kind.low, max_value=kind.high)


def _value(kind: Kind, said: dict[str, Any], zone: ZoneInfo) -> Value | None:
    first = said.get(kind.slug)
    if kind.type == "use":
        if said.get(f"{kind.slug}_never") and first is None:
            return Value(choice=NEVER)
        clock = said.get(f"{kind.slug}_time") or time(0)
        return Value(moment=datetime.combine(first, clock, zone)) if first else None
    if first in (None, ""):
        return None
    if kind.type == "choice":
        return Value(choice=first)
    return Value(round(first, 2), round(said[f"{kind.slug}_low"], 2) if kind.type == "pair" else None)


def initial_of(kind: Kind, value: Value, zone: ZoneInfo) -> dict[str, Any]:
    """Return a value that stands as the form's fields."""
    if kind.type == "use":
        local = value.moment.astimezone(zone) if value.moment else None
        return {kind.slug: local.date() if local else None, f"{kind.slug}_never": value.choice == NEVER,
                f"{kind.slug}_time": local.time() if local else None}
    if kind.type == "choice":
        return {kind.slug: value.choice}
    return {kind.slug: _plain(value.number), f"{kind.slug}_low": _plain(value.number2)}


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


class ScaleForm(forms.Form):
    """The items of a withdrawal scale; an item left out was not looked at."""

    def __init__(self, *args: Any, scale: str, **kwargs: Any) -> None:
        """Add one choice an item, with the points that the form allows."""
        super().__init__(*args, **kwargs)
        for item in scales.items(scale):
            self.fields[f"i{item.link_id}"] = forms.TypedChoiceField(
                label=item.says("en"), required=False, widget=forms.RadioSelect, coerce=int,
                empty_value=None, choices=[(str(one.value), one.words.get("en") or str(one.value))
                                           for one in item.options])

    def points(self) -> dict[str, int]:
        """Return the points of the items looked at."""
        return {name[1:]: value for name, value in self.cleaned_data.items() if value is not None}


class ObservationForm(ValuesForm):
    """One observation, from here or elsewhere, of now or an earlier day."""

    source = forms.ChoiceField(label="From", choices=SEEN_BY)
    seen_on = DayField(label="Seen on", required=False, help_text="Empty: now.")
    words = line("Note", 200)


def midday(day: date, zone: ZoneInfo) -> datetime:
    """Return the middle of a day, for what has a day and no time."""
    return datetime.combine(day, time(12), zone)


def screen_kinds() -> tuple[Kind, ...]:
    """Return the questions of the nursing screen, in order."""
    return tuple(kind for part in screen().values() for kind in part)
