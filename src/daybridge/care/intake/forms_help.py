"""The public page's form: six questions, one of them required."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from daybridge.clinic.people.rules import digits

SHORTEST_PHONE = 7


class HelpForm(forms.Form):
    """How may we reach you? Everything else may stay empty."""

    contact = forms.CharField(
        label=_("Your phone number or email"), max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "text"}),
        error_messages={"required": _("We need one way to reach you.")})
    safe = forms.MultipleChoiceField(
        label=_("What is safe for us to do?"), required=False,
        choices=[("call", _("Call")), ("text", _("Text"))],
        widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=_("What may we call you?"), required=False, max_length=120,
                           widget=forms.TextInput(attrs={"autocomplete": "nickname"}))
    for_whom = forms.ChoiceField(
        label=_("Who needs help?"), required=False, initial="self",
        choices=[("self", _("I do")), ("other", _("Someone I care about"))],
        widget=forms.RadioSelect)
    words = forms.CharField(label=_("Is there anything we should know?"), required=False,
                            max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))
    time = forms.ChoiceField(label=_("A first visit"), required=False,
                             widget=forms.RadioSelect)

    def __init__(self, *args: Any, times: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer these times."""
        super().__init__(*args, **kwargs)
        self.fields["time"].choices = [  # type: ignore[attr-defined]
            ("", _("We find a time when we talk")), *times]

    def clean_contact(self) -> str:
        """Accept a telephone number or an e-mail address."""
        words: str = self.cleaned_data["contact"].strip()
        if "@" in words:
            try:
                validate_email(words)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("This email does not look right. Please look at it again.")) from None
            return words
        if len(digits(words)) < SHORTEST_PHONE:
            raise forms.ValidationError(
                _("Please write the whole number, like 555-555-0100, or an email."))
        return words

    def kind(self) -> str:
        """Return what sort of contact it is."""
        return "email" if "@" in self.cleaned_data["contact"] else "phone"

    def wanted_time(self) -> datetime | None:
        """Return the time that was chosen."""
        chosen = self.cleaned_data.get("time")
        return datetime.fromisoformat(chosen) if chosen else None
