"""Input checks of consents, documents and requests."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.access.policy import DataClass
from daybridge.documents import wording
from daybridge.documents.rules import MAY_BE_NAMED, Kind
from daybridge.documents.rules_files import BOUND_WORDS, KINDS
from daybridge.documents.rules_requests import KIND_WORDS, Outcome, RequestKind
from daybridge.kernel.typed import day

LANGUAGES = [("en", "English"), ("es", "Spanish")]


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


class DayField(forms.CharField):
    """A day as a browser sends it."""

    widget = forms.DateInput(attrs={"type": "date"})

    def to_python(self, value: object) -> date | None:  # type: ignore[override]
        """Read the day, or say how to write it."""
        words = super().to_python(value)
        found = day(words) if words else None
        if words and found is None:
            raise forms.ValidationError(_("Write a day like 2026-12-24 that is in the calendar."))
        return found


class ConsentForm(forms.Form):
    """A consent on its way."""

    kind = forms.ChoiceField(label="Who would receive it?", choices=[
        (kind.value, words) for kind, words in wording.KIND_WORDS.items() if kind is not Kind.CLIENT])
    supporter = forms.ChoiceField(
        required=False, label="Which supporter?",
        help_text="For family or friends: their own page opens with the signature.")
    recipient = forms.CharField(
        max_length=160, required=False, label="Name of the person or office",
        help_text="A supporter chosen above, or all who treat and pay, need no name here.")
    address = forms.CharField(max_length=300, required=False, label="Address",
                              help_text="Where it goes; it stands in the client's ledger.")
    purpose = forms.ChoiceField(label="Why?", choices=[
        (purpose.value, _first_large(words[0])) for purpose, words in wording.PURPOSE_WORDS.items()])
    classes = forms.MultipleChoiceField(
        label="What may be told?", widget=forms.CheckboxSelectMultiple,
        help_text="The name always goes with it.",
        choices=[(data.value, _first_large(wording.CLASS_WORDS[data][0])) for data in MAY_BE_NAMED])
    expires_on = DayField(required=False, label="Last day")
    expiry_event = forms.CharField(
        max_length=160, required=False, label="Or the event that ends it",
        help_text="Completes “it ends when …”, in the language of the text: my probation ends.")
    irrevocable = forms.BooleanField(
        required=False, label="Can't be stopped before that event (court cases only, 42 CFR 2.35)")
    language = forms.ChoiceField(label="Language of the text", choices=LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args: object, supporters: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["supporter"].choices = [("", "Nobody of these"), *supporters]  # type: ignore[attr-defined]


class DocumentForm(forms.Form):
    """A file for the chart."""

    kind = forms.ChoiceField(label="What is it?", choices=[(k, one.words) for k, one in KINDS.items()])
    bound_to = forms.ChoiceField(label="Who may read it?")
    about = forms.CharField(max_length=160, required=False, label="In a few words")
    consent = forms.ChoiceField(required=False, label="Which consent was signed on it?")

    def __init__(
        self, *args: object, classes: Iterable[DataClass], consents: Iterable[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        bound = [("", "As usual for it")]
        bound += [(data.value, _first_large(BOUND_WORDS[data])) for data in classes]
        self.fields["bound_to"].required = False
        self.fields["bound_to"].choices = bound  # type: ignore[attr-defined]
        self.fields["consent"].choices = [("", "None of these"), *consents]  # type: ignore[attr-defined]


class RequestForm(forms.Form):
    """What a client asks, as staff enter it."""

    kind = forms.ChoiceField(label="What does the client ask?", choices=[
        (kind.value, words) for kind, words in KIND_WORDS.items()])
    words = forms.CharField(label="In the client's words", widget=forms.Textarea(attrs={"rows": 3}),
                            max_length=4000, required=False)
    party = forms.CharField(max_length=160, required=False, label="Tell whom nothing more?",
                            help_text="Only for that kind.")
    received_on = DayField(label="Day we received it")


class AnswerForm(forms.Form):
    """The answer to a request."""

    outcome = forms.ChoiceField(label="Answer", widget=forms.RadioSelect, choices=[
        (Outcome.GRANTED.value, "Yes"), (Outcome.PARTLY.value, "In part"),
        (Outcome.REFUSED.value, "No")])
    ground = forms.ChoiceField(required=False, label="Ground, if not yes")
    words = forms.CharField(
        label="The answer as the client reads it", max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write the answer as the client reads it."})

    def __init__(self, *args: object, grounds: dict[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["ground"].choices = [("", "None"), *grounds.items()]  # type: ignore[attr-defined]


class OwnRequestForm(forms.Form):
    """What a client asks on their own page."""

    KINDS = [
        (RequestKind.COPY.value, _("I want a copy of my record")),
        (RequestKind.AMENDMENT.value, _("Something in my record is wrong")),
        (RequestKind.RESTRICTION.value, _("Please tell somebody nothing more")),
        (RequestKind.DISCLOSURES.value, _("I want the list of what was told")),
    ]
    kind = forms.ChoiceField(label=_("What do you ask for?"), choices=KINDS)
    party = forms.CharField(max_length=160, required=False, label=_("If so: whom shall we tell nothing?"))
    words = forms.CharField(label=_("In your own words"), max_length=4000, required=False,
                            widget=forms.Textarea(attrs={"rows": 3}))


class ShareForm(forms.Form):
    """What a client lets a supporter see, on their own page."""

    supporter = forms.ChoiceField(label=_("Who?"))
    classes = forms.MultipleChoiceField(label=_("What may they see?"), widget=forms.CheckboxSelectMultiple)
    expires_on = DayField(label=_("Until which day?"))

    def __init__(
        self, *args: object, supporters: Iterable[tuple[str, str]],
        classes: Iterable[tuple[str, str]], **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["supporter"].choices = list(supporters)  # type: ignore[attr-defined]
        self.fields["classes"].choices = list(classes)  # type: ignore[attr-defined]
