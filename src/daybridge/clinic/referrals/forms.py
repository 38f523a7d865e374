"""Forms of referrals and partners: they check input and save nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from daybridge.clinic.referrals import rules

DAY = {"type": "date"}
NO_DAY = {"invalid": "Write the day like 2026-11-19.", "required": "Give the day."}
URGENCY = [("routine", "Routine"), ("soon", "Soon"), ("high", "Urgent")]
KINDS = [(one.code, one.title) for one in rules.SERVICES.values()]


def _text(
    label: str, most: int, *, required: bool = False, empty: str = "", rows: int = 0
) -> forms.CharField:
    """Return a field for words."""
    return forms.CharField(
        label=label, max_length=most, required=required,
        error_messages={"required": empty} if empty else {},
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput())


def _day(label: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, required=required, error_messages=NO_DAY,
                           widget=forms.DateInput(attrs=DAY))


def _partner_field(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)


class ReferForm(forms.Form):
    """A new referral."""

    kind = forms.ChoiceField(label="For which service", choices=KINDS)
    partner = _partner_field("To which partner")
    to_words = _text("Or to whom, in words", 200)
    urgency = forms.ChoiceField(label="How soon", choices=URGENCY, initial="routine", required=False)
    within_days = forms.IntegerField(label="Seen within days", required=False, min_value=0, max_value=365)
    why = _text("What is asked for, and why", 1000, required=True, rows=2,
                empty="Say what is asked for, and why.")

    def __init__(self, *args: Any, partners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", "None of them"), *partners]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """The next step: which, on which day, what was said."""

    to = forms.ChoiceField(label="What happened", choices=[
        (one.value, words) for one, words in rules.STEP_WORDS.items()])
    on = _day("On")
    words = _text("What was said", 1000)


class ChaseForm(forms.Form):
    """Somebody has asked what became of it."""

    words = _text("Whom you asked, and what was said", 1000, required=True,
                  empty="Write whom you asked, and what was said.")


class InForm(forms.Form):
    """Who sent the client to us."""

    from_kind = forms.ChoiceField(label="Who", choices=rules.SENDERS)
    partner = _partner_field("If it is a partner, which")
    from_words = _text("Name and place", 200, required=True, empty="Write who sent the client.")
    asks = _text("What they ask", 1000, rows=2)
    came_on = _day("Came on", required=True)

    def __init__(self, *args: Any, partners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", "None of them"), *partners]  # type: ignore[attr-defined]


class AnswerInForm(forms.Form):
    """What they were told."""

    told = forms.ChoiceField(label="Were they told?", choices=rules.TOLD)
    words = _text("What, or why nothing", 1000, required=True,
                  empty="Write what they were told, or why nothing.")


class ServiceForm(forms.Form):
    """Who does a service from a day on."""

    doer = forms.ChoiceField(label="Who does it", widget=forms.RadioSelect, choices=[
        (one.value, words.capitalize()) for one, words in rules.DOER_WORDS.items()])
    from_on = _day("From", required=True)
    words = _text("In words", 300)


class PartnerForm(forms.Form):
    """Everything that is written down about a partner."""

    name = _text("Name", 120, required=True, empty="Write the partner's name.")
    does = _text("What they do", 500, rows=2)
    services = forms.MultipleChoiceField(label="Services", choices=KINDS, required=False,
                                         widget=forms.CheckboxSelectMultiple)
    agreement = forms.ChoiceField(label="Agreement", choices=rules.AGREEMENTS, initial="none")
    agreed_on = _day("Agreed on")
    waiting_days = forms.IntegerField(label="Days of waiting", required=False, min_value=0, max_value=730)
    waiting_asked_on = _day("Asked on")
    languages = _text("Languages", 120)
    payers = _text("Payers they take", 300)
    contact = _text("Person to ask for", 120)
    phone = _text("Telephone", 40)
    email = forms.EmailField(label="E-mail", max_length=120, required=False)
    address = _text("Address", 300)
    ended_on = _day("We stop working together on")

    def values(self) -> dict[str, Any]:
        """Return what was typed, for the command."""
        said: dict[str, Any] = dict(self.cleaned_data)
        return said


def today_first(today: date) -> dict[str, date]:
    """Return the day that a form begins with."""
    return {"on": today, "from_on": today, "came_on": today}
