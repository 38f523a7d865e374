"""Input checks of payers."""

from django import forms

from daybridge.clinic.programme.rules import LEVELS

DAY = {"type": "date"}


class AuthorisationForm(forms.Form):
    """Who pays, for which level, how much, from when until when."""

    name = forms.CharField(max_length=120, label="Who pays", help_text="Like Medicaid, or self-pay.")
    number = forms.CharField(max_length=60, required=False, label="Number of the authorisation")
    level = forms.ChoiceField(
        choices=[(code, level.title) for code, level in LEVELS.items()], initial="iop",
        label="Authorised level", help_text="The payer's word. It never changes the level of care.",
    )
    units = forms.IntegerField(
        min_value=0, max_value=2000, initial=0, label="Units",
        help_text="0 if the payer does not count them.",
    )
    from_day = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs=DAY))
    until = forms.DateField(required=False, label="Until", widget=forms.DateInput(attrs=DAY),
                            help_text="The last day it holds.")


class UsedForm(forms.Form):
    """Units used so far."""

    used = forms.IntegerField(min_value=0, max_value=2000)


class EndForm(forms.Form):
    """The end of an authorisation."""

    on = forms.DateField()
    why = forms.CharField(max_length=120, required=False)
