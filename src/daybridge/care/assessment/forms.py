"""Assessment's forms: they check input and save nothing."""

from datetime import date
from typing import Any

from django import forms

from daybridge.care.assessment import rules
from daybridge.care.assessment.rows import EvaluationRow
from daybridge.clinic.people.rules import BadDate, read_date

LONG = 10_000
YES_NO = [("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked")]
KNOWN = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]
SAID = [("yes", "Yes"), ("no", "No"), ("not_said", "Won't say"), ("not_asked", "Not asked")]
IN_SAFETY = "imminent_danger"


def words_field(
    label: str, *, rows: int = 3, required: bool = False, empty: str = "", most: int = LONG
) -> forms.CharField:
    """Return a field for several lines."""
    return forms.CharField(
        label=label, required=required, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": empty} if empty else {})


def seg(label: str, choices: list[tuple[str, str]], initial: str = "") -> forms.ChoiceField:
    """Return a choice shown as one row."""
    return forms.ChoiceField(label=label, choices=choices, initial=initial, required=False,
                             widget=forms.RadioSelect)


class SafetyForm(forms.Form):
    """Thoughts of self-harm, danger now."""

    self_harm = seg("Thoughts of ending your life, or of hurting yourself?", SAID, "not_asked")
    in_danger = seg("In imminent danger?", KNOWN)


class SubstanceForm(forms.Form):
    """One substance and its eleven criteria."""

    substance = forms.ChoiceField(label="Substance", choices=list(rules.SUBSTANCES.items()))
    words = forms.CharField(label="Which, in words", required=False, max_length=120)
    as_prescribed = forms.BooleanField(label="Taken only as prescribed", required=False)
    last_use = forms.CharField(label="Last use", required=False, max_length=120)
    frequency = forms.CharField(label="How often", required=False, max_length=120)
    route = forms.CharField(label="How taken", required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the criteria."""
        super().__init__(*args, **kwargs)
        for number, title in enumerate(rules.CRITERIA):
            self.fields[f"c{number}"] = seg(title, YES_NO, "not_asked")

    @property
    def criteria(self) -> list[forms.BoundField]:
        """Return the eleven questions for the page."""
        return [self[f"c{number}"] for number in range(len(rules.CRITERIA))]

    def answers(self) -> list[str]:
        """Return the eleven answers."""
        return [self.cleaned_data[f"c{n}"] or "not_asked" for n in range(len(rules.CRITERIA))]


class ConditionsForm(forms.Form):
    """The medical or the mental part."""

    found = forms.ChoiceField(label="What was found?", widget=forms.RadioSelect,
                              choices=[("none", "None found"), ("some", "Found")],
                              error_messages={"required": "Say whether something was found."})
    words = words_field("What, since when, who treats it")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for words when something was found."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("found") == "some" and not said.get("words", "").strip():
            self.add_error("words", "Say in a few words what was found.")
        return said


class AreasForm(forms.Form):
    """Six areas, 0 to 4, each with a reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the areas."""
        super().__init__(*args, **kwargs)
        for area, title in rules.AREAS.items():
            self.fields[f"rating_{area}"] = forms.ChoiceField(
                label=title, required=False, widget=forms.RadioSelect,
                choices=[(str(n), f"{n}  {words}") for n, words in enumerate(rules.ANCHORS[area])])
            self.fields[f"reason_{area}"] = words_field(f"Why ({title.lower()})", rows=1)

    @property
    def areas(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return rating and reason of each area for the page."""
        return [(self[f"rating_{area}"], self[f"reason_{area}"]) for area in rules.AREAS]

    def ratings(self) -> dict[str, tuple[int, str]]:
        """Return the areas that were rated."""
        said = self.cleaned_data
        return {area: (int(said[f"rating_{area}"]), said[f"reason_{area}"])
                for area in rules.AREAS if said.get(f"rating_{area}")}


class CriteriaForm(forms.Form):
    """W1 and W2 criteria and the flags for placement: yes, no or not known, and why."""

    GROUPS = (("Who benefits", rules.BENEFITS), ("Who needs something else", rules.UNSUITED),
              ("Also asked", {k: v for k, v in rules.OTHER_FLAGS.items() if k != IN_SAFETY}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add the criteria."""
        super().__init__(*args, **kwargs)
        for _, keys in self.GROUPS:
            for key, title in keys.items():
                self.fields[key] = seg(title, KNOWN)
                self.fields[f"why_{key}"] = forms.CharField(
                    label=f"Why ({title.lower()})", required=False, max_length=500,
                    widget=forms.TextInput(attrs={"placeholder": "Why"}))

    @property
    def groups(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Return the questions by group for the page."""
        return [(title, [(self[key], self[f"why_{key}"]) for key in keys])
                for title, keys in self.GROUPS]

    def answers(self) -> dict[str, tuple[str, str]]:
        """Return what was answered."""
        said = self.cleaned_data
        return {key: (said[key], said[f"why_{key}"])
                for _, keys in self.GROUPS for key in keys if said.get(key)}


class OutsideForm(forms.Form):
    """An evaluation made elsewhere."""

    source = forms.CharField(label="Made by, where", max_length=200,
                             error_messages={"required": "Say who made it and where."})
    made_on = forms.CharField(label="Made on", max_length=30,
                              error_messages={"required": "Say on which day."})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Know today's date."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_made_on(self) -> date:
        """Read the date as people write it."""
        try:
            return read_date(self.cleaned_data["made_on"], today=self.today)
        except BadDate as error:
            raise forms.ValidationError(str(error)) from error


class ReasonForm(forms.Form):
    """A reason in the person's own words."""

    words = words_field("In their own words", rows=2, required=True,
                        empty="Write it as it was said. A few words will do.")


class RulerForm(forms.Form):
    """The three rulers."""

    importance = forms.IntegerField(label="How important is it?", min_value=0, max_value=10)
    confidence = forms.IntegerField(label="How sure that they can?", min_value=0, max_value=10)
    readiness = forms.IntegerField(label="How ready to start?", min_value=0, max_value=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the same of each ruler that is missing or too long."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages = dict.fromkeys(
                ("required", "invalid"), "A number from 0 to 10.")
            for check in field.validators:
                check.message = "A ruler runs from 0 to 10."  # type: ignore[attr-defined]


class AddendumForm(forms.Form):
    """Words added after signing."""

    words = words_field("Addendum", required=True, empty="Write what is to be added.")


class SignForm(forms.Form):
    """The signer's own password, once more."""

    password = forms.CharField(
        label="Your password, to sign", strip=False, max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "A signature needs your password."})


def initial_of(section: str, row: EvaluationRow, substance: str = "") -> dict[str, Any]:
    """Return what is known already for a section's form."""
    known = {one.key: one for one in row.criteria}
    if section == "substances":
        return _of_substance(row, substance)
    if section in {"medical", "mental"}:
        return {"found": getattr(row, section), "words": getattr(row, f"{section}_words"),
                "version": row.version}
    whole: dict[str, dict[str, Any]] = {
        "safety": {"self_harm": row.self_harm, "in_danger": known[IN_SAFETY].answer},
        "areas": {f"rating_{one.area}": "" if one.rating is None else str(one.rating)
                  for one in row.areas} | {f"reason_{a.area}": a.reason for a in row.areas},
        "criteria": {key: one.answer for key, one in known.items()} | {
            f"why_{key}": one.why for key, one in known.items()},
        "outside": {"source": row.outside_source, "made_on": row.outside_on or ""},
    }
    return whole[section]


def _of_substance(row: EvaluationRow, substance: str) -> dict[str, Any]:
    found = next((one for one in row.substances if one.substance == substance), None)
    if found is None:
        return {"substance": substance} if substance else {}
    return {"substance": found.substance, "words": found.words, "last_use": found.last_use,
            "as_prescribed": found.as_prescribed, "frequency": found.frequency,
            "route": found.route, **{f"c{n}": answer for n, answer in enumerate(found.answers)}}
