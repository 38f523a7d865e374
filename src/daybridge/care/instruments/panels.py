"""What instruments offer to other pages: newest scores, trends as pictures and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daybridge.access.actors import Actor
from daybridge.care.instruments.known import instruments
from daybridge.care.instruments.queries import ScoreRow, SheetRow, scores_of
from daybridge.care.instruments.queries_alliance import CheckRow
from daybridge.care.instruments.rules_change import Change, reliable_change
from daybridge.care.instruments.rules_chart import Band, Event, Picture, Point, picture
from daybridge.care.instruments.rules_shape import Instrument, Scale
from daybridge.care.instruments.rules_sheet import questions

TREND_TEMPLATE = "instruments/_trend.html"
NEWEST = 6
UNKNOWN = "No reliable-change figure is known for this form"


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a trend, for the table beside the picture."""

    on: date
    value: float
    band: str
    response_id: int


@dataclass(frozen=True, slots=True)
class Trend:
    """One score over time: its picture, the same as a table, and its change in words."""

    slug: str
    title: str
    picture: Picture
    lines: tuple[Line, ...]
    changes: tuple[str, ...]
    label: str
    holes: int
    note: str


@dataclass(frozen=True, slots=True)
class Newest:
    """What the newest filling of an instrument came to."""

    title: str
    name: str
    words: str
    row: ScoreRow


def newest(viewer: Actor, *, client_id: int) -> list[Newest]:
    """Return the newest filling of each instrument, the latest first."""
    found: dict[str, ScoreRow] = {}
    for row in scores_of(viewer, client_id=client_id):
        if not row.replaced:
            found.setdefault(row.instrument, row)
    return [Newest(title_of(row.instrument), row.instrument, words_of(row), row)
            for row in list(found.values())[:NEWEST]]


def trends(viewer: Actor, *, client_id: int, events: Sequence[Event]) -> list[Trend]:
    """Return a trend for each score that has been measured, the newest instrument first."""
    by_name: dict[str, list[ScoreRow]] = {}
    for row in scores_of(viewer, client_id=client_id):
        if not row.replaced:
            by_name.setdefault(row.instrument, []).append(row)
    known = instruments()
    return [
        trend for name, rows in by_name.items() if name in known
        for scale in scales_of(known[name])
        if (trend := _trend(known[name], scale, rows[::-1], events)) is not None
    ]


def scales_of(instrument: Instrument) -> list[Scale]:
    """Return the scores that are reported; some forms have only a category."""
    names = (instrument.reported,) if isinstance(instrument.reported, str) else instrument.reported
    return [instrument.scale(name) for name in names or ()]


def title_of(name: str) -> str:
    """Return what an instrument is called; its name when its definition is gone."""
    found = instruments().get(name)
    return found.title.get("en", name) if found else name


def words_of(row: ScoreRow) -> str:
    """Return in a few words what a filling came to."""
    if row.status == "incomplete":
        return f"{row.missing} not answered: no score" + (f", {plain(row.band)}" if row.band else "")
    return _score_words(row.instrument, row.score, row.band)


def check_words(row: CheckRow) -> str:
    """Return each answer of an alliance check, in the order of its questions."""
    known = instruments().get(row.instrument)
    if known is None:
        return ""
    said = questions(known, row.answers, "en")
    return "; ".join(f"{one.words} {one.said}" for one in said if one.is_answered)


def sheet_words(row: SheetRow) -> str:
    """Return in a few words what a sheet came to."""
    return _score_words(row.instrument, row.score, row.band)


def _score_words(name: str, score: object, named: str) -> str:
    known = instruments().get(name)
    if isinstance(score, list) and known:
        parts = [f"{scale_title(known, scale)} {value:g}"
                 for scale, value in zip(scales_of(known), score, strict=False)]
        said = ", ".join(parts)
    else:
        said = f"{score:g}" if isinstance(score, int | float) else ""
    band = "" if named in NO_BAND else plain(named)
    return ", ".join(part for part in (said, band) if part)


NO_BAND = {"", "no_band", "no_band_default"}


def plain(band: str) -> str:
    """Return a band's name as words."""
    return band.replace("_", " ").replace("+", ", ").replace(",", ", ").replace(",  ", ", ")


def scale_title(instrument: Instrument, scale: Scale) -> str:
    """Return what a score is called."""
    return scale.words.get("en") or scale.name.replace("_", " ")


def bands_of(instrument: Instrument, scale: Scale) -> list[Band]:
    """Return the ranges of a score that have a name, from the lowest."""
    bands = instrument.bands
    if bands.kind != "cuts" or bands.score not in {scale.name, "lowest"}:
        return []
    lows = [(float(band.low), plain(band.name)) for band in bands.bands if band.low is not None]
    ends = [*(low - 1 for low, _ in lows[1:]), float(scale.high)]
    return [Band(low, end, name) for (low, name), end in zip(lows, ends, strict=True)]


def _trend(
    instrument: Instrument, scale: Scale, rows: Sequence[ScoreRow], events: Sequence[Event]
) -> Trend | None:
    bands = bands_of(instrument, scale)
    lines = tuple(
        Line(row.on, value, _band(bands, value), row.response_id)
        for row in rows
        if row.status == "complete" and (value := row.subscales.get(scale.name)) is not None
    )
    if not lines:
        return None
    points = [Point(line.on, line.value) for line in lines]
    many = len(scales_of(instrument)) > 1
    title = title_of(instrument.name) + (f": {scale_title(instrument, scale)}" if many else "")
    drawn = picture(points, bands, events, float(scale.low), float(scale.high))
    judged = _changes(instrument, scale, lines)
    since = [lines[-2].on, lines[0].on] if judged else []
    changes = tuple(change_words(one, on, instrument, scale)
                    for one, on in zip(judged, since, strict=False))
    return Trend(
        f"{instrument.name}-{scale.name}".replace("_", "-"), title, drawn, lines, changes,
        _label(title, lines, changes), sum(row.status == "incomplete" for row in rows),
        change_note(judged, instrument, scale),
    )


def _band(bands: Sequence[Band], value: float) -> str:
    held = [band.label for band in bands if band.low <= value]
    return held[-1] if held else ""


def _changes(instrument: Instrument, scale: Scale, lines: Sequence[Line]) -> list[Change]:
    """Judge the newest change, and the one since the first."""
    if len(lines) < 2:  # noqa: PLR2004 - a change needs two
        return []
    pairs = [(lines[-2], lines[-1]), (lines[0], lines[-1])]
    return [
        reliable_change(instrument, before.value, after.value, scale=scale.name)
        for before, after in pairs[: len(lines) - 1]
    ]


def change_words(change: Change, since: date, instrument: Instrument, scale: Scale) -> str:
    """Say a difference, and whether it is more than chance explains where that is known."""
    day = f"{since.day} {since:%b}"
    if change.way == "same":
        return f"The same as on {day}."
    moved = "Rose" if change.difference > 0 else "Fell"
    way = f", {change.way}" if change.way in {"better", "worse"} else ""
    said = f"{moved} by {abs(change.difference):g} since {day}{way}"
    if change.reliable is not None:
        rule = next((one for one in instrument.change if one.score == scale.name), None)
        needs = f" (needs {rule.reliable_points})" if rule and rule.reliable_points else ""
        said += (", more than chance explains" if change.reliable
                 else ", no more than chance may explain") + needs
    return f"{said}."


def change_note(changes: Sequence[Change], instrument: Instrument, scale: Scale) -> str:
    """Say what is not known about these changes, and which difference matters in practice."""
    if not changes or changes[0].reliable is not None:
        return ""
    rule = next((one for one in instrument.change if one.score == scale.name), None)
    if rule is None or rule.meaningful_points is None:
        return f"{UNKNOWN}."
    return f"{UNKNOWN}; {rule.meaningful_points} or more is taken as a change that matters."


def _label(title: str, lines: Sequence[Line], changes: Sequence[str]) -> str:
    newest_line = lines[-1]
    band = f", {newest_line.band}" if newest_line.band else ""
    return " ".join([f"{title}: {newest_line.value:g}{band}, {len(lines)} times measured.", *changes])
