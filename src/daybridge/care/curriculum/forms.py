"""Input checks of the library."""

from collections.abc import Sequence
from datetime import date, timedelta

from django import forms

from daybridge.care.curriculum.rules import REVIEW_MONTHS


class LookForm(forms.Form):
    """A look at something written: what was found, when again."""

    words = forms.CharField(max_length=500, label="What did you look at, and what does it say now?",
                            widget=forms.Textarea(attrs={"rows": 3}))
    next_on = forms.DateField(label="Look again on", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today
        self.fields["next_on"].initial = today + timedelta(days=365 * REVIEW_MONTHS // 12)

    def clean_next_on(self) -> date:
        """Take a day after today, at most three years ahead."""
        day: date = self.cleaned_data["next_on"]
        if not self.today < day <= self.today + timedelta(days=3 * 366):
            raise forms.ValidationError("Choose a day after today, within three years.")
        return day


class ReviewForm(LookForm):
    """A look at a practice's evidence."""

    grade = forms.ChoiceField(label="Grade as you find it")
    field_order = ("words", "grade", "next_on")

    def __init__(self, *args: object, today: date, grades: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["grade"].choices = [(one, one) for one in grades]  # type: ignore[attr-defined]
