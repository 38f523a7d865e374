"""Input checks of medicines, allergies and kits; they save nothing."""

from datetime import date
from typing import Any

from django import forms

from daybridge.care.medicines import rules
from daybridge.care.medicines.commands import MISTAKE, Entry
from daybridge.care.medicines.queries import SOURCES, TAKEN_AS
from daybridge.kernel.typed import FIRST_YEAR, LAST_YEAR

DAY = {"type": "date"}
NOT_KNOWN = "not_known"
KINDS = [("", "As the name says"),
         *((one.slug, one.title) for one in rules.classes().values()), (NOT_KNOWN, "Nobody knows yet")]


class DayField(forms.DateField):
    """A day of the calendar that people now living may mean."""

    def __init__(self, **kwargs: Any) -> None:
        """Draw the browser's own calendar."""
        super().__init__(widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **kwargs)

    def validate(self, value: date | None) -> None:
        """Refuse years that are a slip."""
        super().validate(value)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError("A day looks like 2026-11-16; look at the year.")


def line(
    label: str, most: int = 120, *, required: bool = False, empty: str = "", help_text: str = ""
) -> forms.CharField:
    """Return a field of one line."""
    messages = {"required": empty} if empty else {}
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text,
                           error_messages=messages)


class MedicineForm(forms.Form):
    """A medicine as the client takes it."""

    name = line("Name", required=True, empty="Write the name, as the client says it.",
                help_text="As the client says it: brand or substance.")
    kind = forms.ChoiceField(label="Which kind", choices=KINDS, required=False,
                             help_text="Only needed when the name is not known to us.")
    dose = line("Dose")
    how_often = line("How often", help_text="Like daily, at night, when needed.")
    since = DayField(label="Since", required=False)
    prescriber = line("Who prescribes it")
    place = line("Where")
    source = forms.ChoiceField(label="Who says so", choices=list(SOURCES.items()))
    as_prescribed = forms.ChoiceField(label="Taken as prescribed", choices=list(TAKEN_AS.items()),
                                      initial="not_asked", widget=forms.RadioSelect)

    def entry(self) -> Entry:
        """Return the checked entry."""
        return Entry(**self.cleaned_data)


class AllergyForm(forms.Form):
    """What the client does not bear."""

    to = line("To what", required=True, empty="Write what the client does not bear.")
    reaction = line("What happened", 200)
    severity = forms.ChoiceField(label="How bad", initial="not known", widget=forms.RadioSelect,
                                 choices=[(one.value, one.value.capitalize()) for one in rules.Severity])


class ConsiderForm(forms.Form):
    """A prescriber thinks of starting a medicine."""

    name = line("Medicine", required=True, empty="Write which medicine.")
    kind = forms.ChoiceField(label="Which kind", choices=KINDS, required=False)
    prescriber = line("Which prescriber", required=True, empty="Write who thinks of it.")
    here = forms.BooleanField(label="One of us", required=False)


class DoseForm(forms.Form):
    """Another dose from a day on."""

    medicine = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    dose = line("New dose", required=True)
    how_often = line("How often")
    from_day = DayField(label="From")


class EndForm(forms.Form):
    """The end of a medicine."""

    medicine = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    until = DayField(label="Last day")
    why = line("Why", 200, required=True)
    mistake = forms.BooleanField(required=False)

    def why_words(self) -> str:
        """Return the reason; a line that was listed by mistake says just that."""
        return MISTAKE if self.cleaned_data["mistake"] else self.cleaned_data["why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask no reason for what was never taken."""
        super().__init__(*args, **kwargs)
        self.fields["why"].required = not self.data.get("mistake")


class GiveForm(forms.Form):
    """A kit into the client's hand."""

    lot = forms.TypedChoiceField(label="Lot", coerce=int, choices=())
    client_taught = forms.BooleanField(label="The client can use it and knows the signs", required=False)
    supporters_taught = line("Supporters taught", 200, help_text="Names, as the client allows.")

    def __init__(self, *args: Any, lots: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the lots that are in the house and in date."""
        super().__init__(*args, **kwargs)
        self.fields["lot"].choices = lots  # type: ignore[attr-defined]


class HasKitForm(forms.Form):
    """A kit from elsewhere that the client has shown."""

    expires_on = DayField(label="Printed expiry day")
    client_taught = forms.BooleanField(label="The client can use it and knows the signs", required=False)
    supporters_taught = line("Supporters taught", 200)


class LotForm(forms.Form):
    """Kits that came in."""

    lot = line("Lot number", 40, required=True, empty="Write the number printed on the kits.")
    expires_on = DayField(label="Expires on", help_text="The last day they are good.")
    number = forms.IntegerField(label="How many", min_value=1, max_value=1000)
