"""Input checks of people."""

from datetime import date

from django import forms

from daybridge.clinic.people import rules

LANGUAGES = [("en", "English"), ("es", "Spanish")]
SAFE = [("not_asked", "Not asked yet"), ("yes", "Safe"), ("no", "Not safe")]


class PastDateField(forms.CharField):
    """A date as people write it; `today` is set by the form."""

    today: date

    def to_python(self, value: object) -> date | None:  # type: ignore[override]
        """Read the date, or say how to write it."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return rules.read_date(text, today=self.today)
        except rules.BadDate as error:
            raise forms.ValidationError(str(error)) from None


class PersonForm(forms.Form):
    """Names, date of birth, pronouns."""

    preferred_name = forms.CharField(max_length=255, label="What may we call you?")
    legal_name = forms.CharField(max_length=255, required=False, label="Legal name")
    birth_date = PastDateField(required=False, label="Date of birth")
    pronouns = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["birth_date"].today = today  # type: ignore[attr-defined]


class NewPersonForm(PersonForm):
    """Somebody who is written down for the first time."""

    language = forms.ChoiceField(choices=LANGUAGES)
    phone = forms.CharField(max_length=40, required=False, label="Telephone")
    may_call = forms.BooleanField(required=False, label="May be called")
    may_text = forms.BooleanField(required=False, label="May be texted")


class PermissionsForm(forms.Form):
    """What is allowed on a channel that is known."""

    may_call = forms.BooleanField(required=False, label="May be called")
    may_text = forms.BooleanField(required=False, label="May be texted or written to")
    may_leave_voicemail = forms.BooleanField(required=False, label="Voicemail allowed")
    safe_at_home = forms.ChoiceField(choices=SAFE, label="Is this channel safe at home?")
    verified = forms.BooleanField(required=False, label="Read back to them, and it is right")
    ended = forms.BooleanField(required=False, label="No longer theirs")


class ContactForm(PermissionsForm):
    """A channel that is new, and what is allowed on it."""

    kind = forms.ChoiceField(choices=[("phone", "Telephone"), ("email", "E-mail")])
    value = forms.CharField(max_length=254, label="Number or address")
    ended = None  # type: ignore[assignment]
    field_order = ("kind", "value")


class ProfileForm(forms.Form):
    """Language, culture, faith, gender as the client wishes them known."""

    language = forms.ChoiceField(choices=LANGUAGES)
    other_languages = forms.CharField(max_length=120, required=False)
    needs_interpreter = forms.BooleanField(required=False)
    gender = forms.CharField(max_length=60, required=False)
    culture = forms.CharField(max_length=200, required=False)
    faith = forms.CharField(max_length=120, required=False)


class SupporterForm(forms.Form):
    """Somebody who helps."""

    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=[("family", "Family"), ("friend", "Friend"),
                                      ("peer", "Peer"), ("employer", "Employer")])
    relation = forms.CharField(max_length=60, required=False)
    phone = forms.CharField(max_length=20, required=False, label="Telephone")
    is_safe = forms.ChoiceField(choices=SAFE, label="Asked alone: is this person safe?")
