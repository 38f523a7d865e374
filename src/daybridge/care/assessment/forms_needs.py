"""Forms of needs: they check input and save nothing."""

from collections.abc import Sequence
from typing import Any

from django import forms

from daybridge.care.assessment import rules
from daybridge.care.assessment import rules_needs as needs

DAY = {"type": "date"}
URGENCY = [(one.value, words.capitalize()) for one, words in needs.URGENCY_WORDS.items()]
NO_DAY = {"invalid": "Write the day like 2026-11-19."}


class NeedForm(forms.Form):
    """Something the person needs."""

    domain = forms.ChoiceField(label="About", choices=[(d, d.capitalize())
                                                       for d in rules.NEED_DOMAINS])
    words = forms.CharField(label="What is needed", max_length=500,
                            error_messages={"required": "Say in a few words what is needed."})
    urgency = forms.ChoiceField(label="How soon", choices=URGENCY, initial="routine", required=False)


class HereForm(forms.Form):
    """Treated here: by which objective or service."""

    words = forms.CharField(label="By which objective or service", max_length=500, required=False)


class ReferredForm(forms.Form):
    """Referred: a referral that is on its way, a partner, or somebody in words."""

    partner = forms.TypedChoiceField(label="To which partner", required=False, coerce=int,
                                     empty_value=None)
    to_words = forms.CharField(label="Or to whom, in words", max_length=200, required=False)
    kind = forms.ChoiceField(label="For which service")
    urgency = forms.ChoiceField(label="How soon", choices=URGENCY, initial="routine", required=False)
    words = forms.CharField(label="What is asked for", max_length=500, required=False)
    referral = forms.TypedChoiceField(label="Or one that is on its way already", required=False,
                                      coerce=int, empty_value=None)

    def __init__(
        self, *args: Any, partners: Sequence[tuple[int, str]], kinds: Sequence[tuple[str, str]],
        on_its_way: Sequence[tuple[int, str]], **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", "None of them"), *partners]  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        if on_its_way:
            self.fields["referral"].choices = [("", "A new one"), *on_its_way]  # type: ignore[attr-defined]
        else:
            del self.fields["referral"]


class DeferredForm(forms.Form):
    """Put off: why, and the day on which to look again."""

    words = forms.CharField(label="Why it waits", max_length=500, required=False)
    again_on = forms.DateField(label="Look again on", required=False, error_messages=NO_DAY,
                               widget=forms.DateInput(attrs=DAY))


class DeclinedForm(forms.Form):
    """Declined by the client: their words, and when to ask again."""

    words = forms.CharField(label="What the client said", max_length=500, required=False)
    again_on = forms.DateField(label="Ask again on", required=False, error_messages=NO_DAY,
                               widget=forms.DateInput(attrs=DAY))
