"""Input checks of the house."""

from datetime import date
from typing import Any

from django import forms

from daybridge.clinic.programme import rules
from daybridge.clinic.programme.rules_closing import ClosedPart

DAY = {"type": "date"}


class ValueForm(forms.Form):
    """Another value for one setting, from a day on."""

    value = forms.IntegerField(label="Value")
    effective_on = forms.DateField(label="Holds from", widget=forms.DateInput(attrs=DAY))
    source = forms.CharField(
        max_length=300, label="Why, and by which source",
        help_text="Like the state's rule with its number, or the meeting that decided it.",
    )

    def __init__(self, *args: object, choice: rules.Choice, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.choice, self.today = choice, today
        self.fields["value"].help_text = (
            f"{choice.unit.capitalize()}, {choice.lowest} to {choice.highest}."
        )

    def clean_value(self) -> int:
        """Say which values are allowed."""
        try:
            return rules.check_value(self.choice.key, self.cleaned_data["value"])
        except rules.OutOfRange as error:
            raise forms.ValidationError(str(error)) from None

    def clean_effective_on(self) -> date:
        """Refuse the past: what was counted then was counted by the value of then."""
        day: date = self.cleaned_data["effective_on"]
        if day < self.today:
            raise forms.ValidationError("That day is over. Choose today or a later one.")
        return day


class SiteForm(forms.Form):
    """A new site."""

    name = forms.CharField(max_length=80, label="Name of the site")
    time_zone = forms.CharField(max_length=40, label="Time zone", help_text="Like America/New_York.")


class RoomForm(forms.Form):
    """A new room."""

    site = forms.TypedChoiceField(coerce=int, label="At which site")
    name = forms.CharField(max_length=60, label="Name of the room")
    seats = forms.IntegerField(min_value=1, max_value=200, label="Seats")
    is_video = forms.BooleanField(required=False, label="A video room, without walls")

    def __init__(self, *args: object, sites: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["site"].choices = sites  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """Another name for a site or a room."""

    name = forms.CharField(max_length=80)
    seats = forms.IntegerField(min_value=1, max_value=200, required=False)


class EndForm(forms.Form):
    """The day from which a site or a room is closed."""

    on = forms.DateField(label="Closed from", widget=forms.DateInput(attrs=DAY))


class ClosureForm(forms.Form):
    """Days on which a site, or every site, is closed."""

    site = forms.TypedChoiceField(coerce=int, label="Where")
    first = forms.DateField(label="First day", widget=forms.DateInput(attrs=DAY))
    last = forms.DateField(
        label="Last day", required=False, widget=forms.DateInput(attrs=DAY),
        help_text="Leave it empty for one day.",
    )
    from_clock = forms.TimeField(
        required=False, label="Closed from", widget=forms.TimeInput(attrs={"type": "time"}))
    until_clock = forms.TimeField(
        required=False, label="Closed until", widget=forms.TimeInput(attrs={"type": "time"}))
    reason = forms.CharField(max_length=80, label="Why", help_text="Like Thanksgiving.")

    def __init__(self, *args: object, sites: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["site"].choices = [(0, "Every site"), *sites]  # type: ignore[attr-defined]
        self.sites = [pk for pk, _ in sites]

    def chosen(self) -> dict[str, Any]:
        """Return what a valid form asks for, as the command takes it."""
        data = self.cleaned_data
        return {"site_ids": [data["site"]] if data["site"] else self.sites, "first": data["first"],
                "last": data["last"] or data["first"], "reason": data["reason"],
                "part": ClosedPart(data["from_clock"], data["until_clock"])}
