"""Reading what a page of a form sent."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import QueryDict

from daybridge.care.instruments.rules_due import LEVELS, LONGEST

LANGUAGES = (("en", "English"), ("es", "Spanish"))


def typed(sent: QueryDict) -> Sequence[str]:
    """Return the sent answer: nothing when it is skipped, words beside a choice are one more."""
    if sent.get("do") == "skip":
        return []
    given = sent.getlist("value")
    other = [part.strip() for part in sent.get("other", "").split(",") if part.strip()]
    return [*given, *other]


class BeginForm(forms.Form):
    """How staff begin a form with a client."""

    by = forms.ChoiceField(label="Who answers", choices=[
        ("interviewer", "the client, asked by me"),
        ("proxy", "somebody who knows the client"),
    ])
    mode = forms.ChoiceField(label="From", choices=[
        ("interview", "an interview, now"), ("paper", "a paper form"),
    ])
    language = forms.ChoiceField(label="Language of the answers", choices=LANGUAGES)


class TimingForm(forms.Form):
    """When an instrument is due, from which day, and why."""

    at_admission = forms.BooleanField(label="At admission", required=False)
    every_days = forms.IntegerField(
        label="Every so many days", required=False, min_value=1, max_value=LONGEST)
    at_discharge = forms.BooleanField(label="Before the stay ends", required=False)
    levels = forms.MultipleChoiceField(
        label="Only at these levels", required=False, choices=[(one, one) for one in LEVELS],
        widget=forms.CheckboxSelectMultiple)
    effective_on = forms.DateField(
        label="From", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    source = forms.CharField(label="Why, or where it is said", max_length=300)

    def clean_effective_on(self) -> date:
        """Refuse days that no calendar of a clinic holds."""
        day: date = self.cleaned_data["effective_on"]
        if not 2000 <= day.year <= 2100:  # noqa: PLR2004 - a typing error, not a plan
            raise forms.ValidationError("Choose a day near today.")
        return day
