"""A week of times as a form: two times a day, in the words of the clock."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daybridge.clinic.calendar import rules
from daybridge.clinic.calendar.rules import Away, OneDay, Window

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
WRONG = {
    "ends_first": _("The end comes before the start. Change one of them."),
    "overlap": _("The two times overlap. Change one of them."),
    "half": _("Give both times: from and to."),
}


class WeekForm(forms.Form):
    """Weekly times; an empty day is a day on which nothing is possible."""

    def __init__(self, *args: Any, windows: tuple[Window, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = rules.by_day(windows)
        for day in range(len(WEEKDAYS)):
            for place in range(rules.A_DAY):
                one = given[day][place] if place < len(given[day]) else None
                minutes = (one.from_minute, one.until_minute) if one else (None, None)
                for name, minute in zip(("from", "until"), minutes, strict=True):
                    field = forms.TimeField(required=False, widget=forms.TimeInput(
                        attrs={"type": "time", "class": "form-control"}, format="%H:%M"))
                    field.initial = None if minute is None else _clock(minute)
                    self.fields[f"{name}_{day}_{place}"] = field

    def days(self) -> Iterator[tuple[str, list[tuple[forms.BoundField, forms.BoundField]], str]]:
        """Yield each day: its name, its pairs of fields, what is wrong with it."""
        for day, name in enumerate(WEEKDAYS):
            pairs = [(self[f"from_{day}_{place}"], self[f"until_{day}_{place}"])
                     for place in range(rules.A_DAY)]
            wrong = [str(error) for pair in pairs for one in pair for error in one.errors]
            yield str(name), pairs, wrong[0] if wrong else ""

    def clean(self) -> dict[str, Any]:
        """Check the days against each other; keep the windows."""
        data, windows = super().clean() or {}, []
        for day in range(len(WEEKDAYS)):
            rows = []
            for place in range(rules.A_DAY):
                begins, ends = data.get(f"from_{day}_{place}"), data.get(f"until_{day}_{place}")
                if (begins is None) != (ends is None):
                    if not any(self.has_error(f"{name}_{day}_{place}") for name in ("from", "until")):
                        self.add_error(f"until_{day}_{place}", WRONG["half"])
                elif begins is not None and ends is not None:
                    rows.append(Window(day, _minute(begins), _minute(ends)))
            wrong = rules.problems(rows).get(day)
            if wrong:
                self.add_error(f"from_{day}_0", WRONG[wrong])
            windows += rows
        if not windows and not self.errors:
            self.add_error(None, _("Give at least one time."))
        data["windows"] = tuple(windows)
        return data


class AwayForm(forms.Form):
    """Days away, both included."""

    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Last day"), required=False,
                               widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """Take one day when no last day is given."""
        data = super().clean() or {}
        first: date | None = data.get("first_day")
        if first is not None and not self.has_error("last_day"):
            last = data.get("last_day") or first
            if not 0 <= (last - first).days <= rules.LONGEST_AWAY_DAYS:
                self.add_error("last_day", _("The last day is before the first, or more than a year away."))
            data["days"] = Away(first, last)
        return data


class DayForm(forms.Form):
    """Other times on one day."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}))

    def clean(self) -> dict[str, Any]:
        """Check that the times run forward; keep the day."""
        data = super().clean() or {}
        begins, ends = data.get("begins"), data.get("ends")
        if data.get("day") and begins is not None and ends is not None:
            if _minute(begins) >= _minute(ends):
                self.add_error("ends", WRONG["ends_first"])
            else:
                data["times"] = OneDay(data["day"], _minute(begins), _minute(ends))
        return data


def _clock(minute: int) -> time:
    # midnight at the end of a day is written as its last minute
    return time(23, 59) if minute >= rules.DAY_MINUTES else time(minute // 60, minute % 60)


def _minute(clock: time) -> int:
    return rules.DAY_MINUTES if (clock.hour, clock.minute) == (23, 59) else clock.hour * 60 + clock.minute
