"""Intake's forms: they check input and save nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms

from daybridge.care.intake import rules
from daybridge.care.intake.call import Call
from daybridge.care.intake.rows import SlotRow
from daybridge.clinic.people.rules import BadDate, read_date
from daybridge.ui.words import moment

LONG = 10_000
ANSWERS = [("yes", "Yes"), ("no", "No"), ("not_said", "Won't say"), ("not_asked", "Not asked")]
LANGUAGES = [("en", "English"), ("es", "Spanish")]
HURDLES = ("Transport", "Child care", "Work hours", "Cost or insurance", "Fear or shame", "Phone")
HELP = ("Support call", "Naloxone kit given", "Medicine appointment made", "Peer called",
        "Support group named", "Sterile supplies offered", "Medical check arranged")


def _words(label: str, *, rows: int = 2, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONG,
                           widget=forms.Textarea(attrs={"rows": rows}), **more)


def _seg(label: str, choices: Iterable[tuple[str, str]], initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), initial=initial,
                             required=False, widget=forms.RadioSelect)


class SafetyForm(forms.Form):
    """The six safety questions; what is not asked stays not asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add one field a question."""
        super().__init__(*args, **kwargs)
        for question, words in rules.WORDS.items():
            self.fields[question.value] = _seg(words, ANSWERS, "not_asked")

    @property
    def questions(self) -> list[forms.BoundField]:
        """Return the six questions for the page."""
        return [self[question.value] for question in rules.Question]

    def answers(self) -> dict[str, str]:
        """Return what was answered."""
        return {q.value: self.cleaned_data[q.value] for q in rules.Question
                if self.cleaned_data.get(q.value) not in {"", None, "not_asked"}}


class LastUseForm(SafetyForm):
    """The safety questions with the words about last use."""

    last_alcohol = forms.CharField(label="Last alcohol", required=False, max_length=60)
    last_sedative = forms.CharField(label="Last sedative", required=False, max_length=60)
    last_opioid = forms.CharField(label="Last opioid", required=False, max_length=60)


class InquiryForm(SafetyForm):
    """A call for help: nothing is required, so that nothing stands in the way."""

    came_by = forms.ChoiceField(label="Came", initial="phone", required=False,
                                choices=[("phone", "Phone"), ("walk_in", "Walk-in"),
                                         ("referrer", "Referrer")], widget=forms.RadioSelect)
    name = forms.CharField(label="What may we call them?", required=False, max_length=255)
    phone = forms.CharField(label="Phone that is safe to call", required=False, max_length=40)
    reason = _words("In their own words: what brings them?")
    birth_date = forms.CharField(label="Date of birth", required=False, max_length=30)
    language = forms.ChoiceField(label="Language", choices=LANGUAGES, initial="en", required=False)
    asked_by = _seg("Who is asking?", [("self", "The person"), ("relative", "A relative"),
                                       ("referrer", "A referrer")], "self")
    asker_name = forms.CharField(label="Their name", required=False, max_length=120)
    asker_relation = forms.CharField(label="Relation", required=False, max_length=60)
    asker_phone = forms.CharField(label="Their phone", required=False, max_length=40)
    first_contact = forms.DateTimeField(
        label="First contact, if it was earlier", required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Write day and time, like 2026-11-16 09:30. Near a clock "
                                   "change, choose a time that exists."})
    same_as = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, slots: list[SlotRow], now: datetime, today: date,
                 **kwargs: Any) -> None:
        """Offer these evaluation times."""
        super().__init__(*args, **kwargs)
        self.now, self.today = now, today
        self.slots = slots
        self.fields["slot"] = forms.ChoiceField(
            label="Evaluation", required=False, widget=forms.RadioSelect,
            choices=[("", "Not now"), *((str(s.slot_id), slot_words(s)) for s in slots)])

    def clean_birth_date(self) -> date | None:
        """Read the date as people write it."""
        words = self.cleaned_data["birth_date"].strip()
        if not words:
            return None
        try:
            return read_date(words, today=self.today)
        except BadDate as error:
            raise forms.ValidationError(str(error)) from error

    def clean_first_contact(self) -> datetime | None:
        """Refuse a first contact that lies ahead."""
        moment: datetime | None = self.cleaned_data["first_contact"]
        if moment is not None and moment > self.now:
            raise forms.ValidationError("That lies ahead. Leave it empty if it is now.")
        return moment

    def call(self) -> Call:
        """Return what was said."""
        said = self.cleaned_data
        return Call(
            came_by=said["came_by"] or "phone", name=said["name"], phone=said["phone"],
            reason=said["reason"], birth_date=said["birth_date"],
            language=said["language"] or "en", asked_by=said["asked_by"] or "self",
            asker_name=said["asker_name"], asker_relation=said["asker_relation"],
            asker_phone=said["asker_phone"],
        )

    def slot_id(self) -> int | None:
        """Return the evaluation time that was chosen."""
        return int(self.cleaned_data["slot"]) if self.cleaned_data.get("slot") else None


class BookForm(forms.Form):
    """Choose one of the free evaluation times."""

    slot = forms.IntegerField(error_messages={"required": "Choose one of the times."})


class BookingForm(forms.Form):
    """What came of a booking."""

    outcome = forms.ChoiceField(choices=[("came", ""), ("missed", ""), ("cancelled", "")])
    booking = forms.IntegerField()


class HurdleForm(forms.Form):
    """Something in the way."""

    what = forms.CharField(label="What stands in the way?", max_length=200,
                           widget=forms.TextInput(attrs={"list": "hurdles"}),
                           error_messages={"required": "Say what stands in the way."})


class HurdleDoneForm(forms.Form):
    """How it was taken away."""

    hurdle = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.CharField(label="How was it solved?", max_length=300,
                          error_messages={"required": "Say how it was solved."})


class HelpGivenForm(forms.Form):
    """Help given while somebody waits."""

    what = forms.CharField(label="What was done?", max_length=200,
                           widget=forms.TextInput(attrs={"list": "help-words"}),
                           error_messages={"required": "Say what was done."})


class ContactForm(forms.Form):
    """Another contact."""

    how = _seg("How", [("phone", "Phone"), ("walk_in", "In person"), ("web", "Message")], "phone")
    reached = forms.BooleanField(label="Reached them", required=False, initial=True)
    words = _words("What was said", required=True,
                   error_messages={"required": "A few words are enough."})


class CloseForm(forms.Form):
    """An end without admission: reason, alternative and reviewer, all three."""

    reason = forms.CharField(label="Why not admitted", max_length=200,
                             error_messages={"required": "Say why."})
    alternative = forms.CharField(label="What was offered instead, by whom", max_length=300,
                                  error_messages={"required": "Name who helps instead."})
    reviewer = forms.TypedChoiceField(label="Looked through by", coerce=int,
                                      error_messages={"required": "Name a reviewer."})

    def __init__(self, *args: Any, reviewers: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer these reviewers."""
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *reviewers]


class SlotForm(forms.Form):
    """A new evaluation time."""

    evaluator = forms.TypedChoiceField(label="Evaluator", coerce=int)
    room = forms.TypedChoiceField(label="Room", coerce=int)
    starts_at = forms.DateTimeField(
        label="Begins", widget=forms.DateTimeInput(attrs={"type": "datetime-local"},
                                                   format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Write day and time, like 2026-11-19 10:30. Near a clock "
                                   "change, choose a time that exists.",
                        "required": "Choose day and time."})
    minutes = forms.IntegerField(label="Length", min_value=15, max_value=240, initial=60,
                                 error_messages={"min_value": "15 to 240 minutes.",
                                                 "max_value": "15 to 240 minutes."})

    def __init__(self, *args: Any, people: list[tuple[int, str]],
                 places: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer these people and rooms."""
        super().__init__(*args, **kwargs)
        self.fields["evaluator"].choices = people  # type: ignore[attr-defined]
        self.fields["room"].choices = places  # type: ignore[attr-defined]


def slot_words(slot: SlotRow) -> str:
    """Return a time in words for a choice: "Thu 19 Nov, 10:30, Nora Feld"."""
    when = moment(slot.starts_at, part="full", client=False, this_year=slot.starts_at.year)
    return f"{when}, {slot.evaluator.split(',')[0]}"
