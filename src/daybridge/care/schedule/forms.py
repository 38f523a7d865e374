"""Input checks of groups."""

from django import forms

from daybridge.care.placement.rules_stages import STAGES
from daybridge.care.schedule.rules import Service
from daybridge.clinic.programme.rules import LEVELS, PROGRAMME_LEVELS

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
COMMON = (Service.GROUP, Service.EDUCATION, Service.FAMILY)


NONE = "none"


class PracticeForm(forms.Form):
    """A practice of the library, or none with the reason."""

    practice = forms.ChoiceField(label="On which practice does it stand?")
    why_none = forms.CharField(max_length=200, required=False, label="If on none: why?")

    def __init__(self, *args: object, practices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["practice"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"), *practices, (NONE, "None, because ..."),
        ]

    def clean(self) -> dict[str, object]:
        """Ask for the reason when there is no practice; it is empty when there is one."""
        data = super().clean() or {}
        if data.get("practice") == NONE:
            data["practice"] = ""
            if not data.get("why_none"):
                self.add_error("why_none", "Write why it stands on no practice.")
        elif data.get("practice"):
            data["why_none"] = ""
        return data


class SeriesForm(PracticeForm):
    """A new weekly group."""

    title = forms.CharField(max_length=120, label="What is it about?")
    service = forms.ChoiceField(choices=[(s.value, s.value.capitalize()) for s in COMMON])
    weekday = forms.TypedChoiceField(choices=list(enumerate(WEEKDAYS)), coerce=int)
    starts = forms.TimeField(label="Begins at", help_text="Like 10:30")
    minutes = forms.IntegerField(min_value=15, max_value=480, initial=180)
    room = forms.TypedChoiceField(coerce=int)
    leader = forms.TypedChoiceField(coerce=int)
    capacity = forms.IntegerField(min_value=1, max_value=40, initial=12, label="Seats")
    levels = forms.MultipleChoiceField(
        choices=[(code, LEVELS[code].title) for code in PROGRAMME_LEVELS], required=False,
        widget=forms.CheckboxSelectMultiple, label="For which levels of care",
    )
    language = forms.ChoiceField(choices=[("en", "English"), ("es", "Spanish")])
    gender = forms.CharField(
        max_length=20, required=False, label="Only for one gender (empty: all)",
        help_text="As clients write it about themselves: woman, man, non-binary.")
    first_day = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("title", "practice", "why_none")

    def __init__(self, *args: object, rooms: list[tuple[int, str]], leaders: list[tuple[int, str]],
                 **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["room"].choices = rooms  # type: ignore[attr-defined]
        self.fields["leader"].choices = leaders  # type: ignore[attr-defined]


class MoveGroupForm(forms.Form):
    """Another time, room or leader from a Monday on."""

    monday = forms.DateField(label="From the week that begins on Monday",
                             widget=forms.DateInput(attrs={"type": "date"}))
    weekday = forms.TypedChoiceField(choices=list(enumerate(WEEKDAYS)), coerce=int)
    starts = forms.TimeField(label="Begins at", help_text="Like 10:30")
    room = forms.TypedChoiceField(coerce=int)
    leader = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: object, rooms: list[tuple[int, str]], leaders: list[tuple[int, str]],
                 **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["room"].choices = rooms  # type: ignore[attr-defined]
        self.fields["leader"].choices = leaders  # type: ignore[attr-defined]


class SeatsForm(forms.Form):
    """How many seats a group has from now on."""

    capacity = forms.IntegerField(min_value=1, max_value=40, label="Seats")


class BreakForm(forms.Form):
    """A break of a group, both days included."""

    first = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="Last day", widget=forms.DateInput(attrs={"type": "date"}))


class EndGroupForm(forms.Form):
    """The last day a group meets."""

    last_day = forms.DateField(label="It meets for the last time by",
                               widget=forms.DateInput(attrs={"type": "date"}))


class JoiningForm(forms.Form):
    """What a group asks beyond level, language and gender, and where it meets by video."""

    stages = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple, label="For which stages (none: all)",
        choices=[(one.number, f"{one.number}, {one.title}") for one in STAGES.values()])
    dual_only = forms.BooleanField(
        required=False, label="Only for people with a co-occurring disorder (from the evaluation)")
    closed_after = forms.DateField(
        required=False, label="Closed group: the last day somebody may join (empty: open)",
        widget=forms.DateInput(attrs={"type": "date"}))
    video_link = forms.URLField(
        required=False, max_length=300, assume_scheme="https", label="Address of the video room",
        help_text="For who takes part by video. It begins with https.")

    def clean_video_link(self) -> str:
        """Take a private address only: what is said there is treatment."""
        link = str(self.cleaned_data.get("video_link") or "")
        if link and not link.startswith("https://"):
            raise forms.ValidationError("The address begins with https://, so that nobody can listen in.")
        return link


class JoinForm(forms.Form):
    """Places in one or more groups."""

    client = forms.IntegerField(widget=forms.HiddenInput)
    series = forms.TypedMultipleChoiceField(
        coerce=int, label="Groups", widget=forms.CheckboxSelectMultiple)
    from_day = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, series: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["series"].choices = series  # type: ignore[attr-defined]
