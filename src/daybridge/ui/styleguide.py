"""What the style guide shows: invented people, every part in every state."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django import forms


class SampleForm(forms.Form):
    """One field of each kind."""

    minutes = forms.IntegerField(
        min_value=0,
        max_value=180,
        error_messages={
            "max_value": "Minutes can be 0 to 180",
            "required": "Write the minutes",
        },
    )
    line = forms.CharField(label="Own line", widget=forms.Textarea(attrs={"rows": 3}))
    presence = forms.ChoiceField(
        choices=[
            ("here", "Here"),
            ("late", "Late"),
            ("left", "Left early"),
            ("missing", "Missing"),
        ],
        widget=forms.RadioSelect,
    )
    objective = forms.ChoiceField(
        required=False, choices=[("", "None"), ("1.2", "1.2 Four sober Fridays")]
    )
    reach = forms.MultipleChoiceField(
        label="How may we reach you?",
        required=False,
        choices=[("call", "A call"), ("text", "A text"), ("letter", "A letter")],
        widget=forms.CheckboxSelectMultiple,
    )
    private = forms.BooleanField(label="Leave no voicemail", required=False)


NAV = [
    ("Today", "sun", 0),
    ("Clients", "address-book", 0),
    ("Groups", "users-group", 0),
    ("Hours", "hourglass", 3),
    ("To sign", "signature", 4),
    ("Messages", "messages", 1),
    ("Crisis desk", "phone-call", 0),
]
CLIENT_NAV = [
    ("Today", "sun", 0),
    ("My plan", "map-2", 0),
    ("Messages", "messages", 2),
    ("Me", "user-circle", 0),
]
BARS = [
    ("Kayla Brooks", 3, 0, 3, 9, "short", "Short by 3.0 h"),
    ("Owen Tran", 3, 3, 3, 9, "risk", "Only with a make-up"),
    ("Terrence Boyd", 4.5, 3, 4.5, 9, "risk", "Needs 1.5 h"),
    ("Samir Haddad", 6, 1.5, 3, 12, "short", "Short by 1.5 h"),
    ("Maria Delgado", 5, 4, 3, 9, "ok", "Yes, all booked"),
]


def context(*, client: bool = False, **shell: object) -> dict[str, Any]:
    """Return the context of the style guide; keyword arguments change the shell."""
    nav = [
        SimpleNamespace(label=label, url="#main", icon=icon, current=not i, count=count)
        for i, (label, icon, count) in enumerate(CLIENT_NAV if client else NAV)
    ]
    wrong = SampleForm({"minutes": "220", "presence": "late", "line": ""})
    wrong.is_valid()
    sample = {
        "nav": nav,
        "user_name": "Maria" if client else "Nora Feld",
        "user_line": "Nora Feld, LCSW · counsellor",
        "initials": "NF",
        "on_call": "Ben Adeyemi",
        "on_call_until": "08:00",
        "demo": True,
        "theme": "light",
        "initials_only": False,
        "language": "en",
        "idle_minutes": 10,
    }
    return {
        "shell": SimpleNamespace(**(sample | shell)),
        "form": SampleForm(initial={"minutes": 165, "presence": "here"}),
        "wrong": wrong,
        "bars": BARS,
        "moment": datetime(2026, 11, 19, 16, 30, tzinfo=UTC),
        "rows": [
            (
                "Shared part",
                "Urge surfing; each wrote two risky moments.",
                "Urge surfing; each wrote two risky moments and one way out.",
                True,
            ),
            ("Minutes", "165", "165", False),
        ],
        "their_name": "Iris Chan",
    }
