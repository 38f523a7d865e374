"""The template tags: {% load ui %}. DEVELOPERS.md lists them with an example each."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from daybridge.access import clock
from daybridge.ui import fields, hours, words
from daybridge.ui.icons import icon_body

register = template.Library()

STATE_ICONS = {
    "ok": "circle-check",
    "risk": "clock-exclamation",
    "short": "circle-minus",
    "safety": "shield-exclamation",
    "info": "info-circle",
    "neutral": "circle-dashed",
}


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """Draw an icon. Size: "sm" or "lg". With a label it is read out."""
    css = f"icon icon-{size}" if size else "icon"
    voice = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    body = mark_safe(icon_body(name))  # noqa: S308 - Tabler's own drawing
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" {} focusable="false">{}</svg>',
        css,
        voice,
        body,
    )


@register.simple_tag
def state(
    kind: str, word: str, icon: str = "", *, fill: bool = False, size: str = ""
) -> SafeString:
    """Say a state by icon, word and colour. Red is for a person's safety only."""
    drawing = _icon(icon or STATE_ICONS[kind], size or "sm")
    css = f"st st-{kind}" + (" st-fill" if fill else "")
    return format_html('<span class="{}">{}{}</span>', css, drawing, word)


_icon = icon  # state has an argument of the same name


@register.inclusion_tag("ui/_hours_bar.html")
def hours_bar(
    delivered: hours.Hours,
    booked: hours.Hours,
    possible: hours.Hours,
    prescribed: hours.Hours,
    state: str = "",
    label: str = "",
) -> dict[str, Any]:
    """Draw hours against what is prescribed. All in hours; label replaces the sentence."""
    bar = hours.hours_bar(delivered, booked, possible, prescribed)
    return {"bar": bar, "state": state or bar.state, "label": label or bar.label}


@register.inclusion_tag("ui/_hours_key.html")
def hours_key() -> dict[str, Any]:
    """Explain the hours bar in one line."""
    return {}


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """Draw initials in a circle. Silent: the name always stands beside it."""
    css = f"ava ava-{size}" if size else "ava"
    return format_html(
        '<span class="{}" aria-hidden="true">{}</span>', css, words.initials(name)
    )


@register.simple_tag(takes_context=True)
def person(context: Context, name: str, born: date | None = None) -> SafeString:
    """Write a client's name so that "Initials only" can cover it on this screen."""
    short = words.shielded(name, born)
    covered = getattr(context.get("shell"), "initials_only", False)
    return format_html(
        '<span data-person="{}" data-initials="{}">{}</span>',
        name,
        short,
        short if covered else name,
    )


@register.simple_tag
def duration(minutes: float) -> str:
    """Write minutes as hours: 180 is "3.0 h"."""
    return words.hours(minutes)


@register.simple_tag
def when(value: date | datetime | None, part: str = "full", *, client: bool = False) -> str:
    """Write a moment as <time>: "Thu 19 Nov, 10:30". Part: "full", "date" or "time"."""
    if value is None:
        return ""
    text = words.moment(value, part=part, client=client, this_year=clock.now().year)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.inclusion_tag("ui/_draft_mark.html")
def draft_mark(saved: datetime | None = None) -> dict[str, Any]:
    """Mark where drafts.js says "Draft, saved 10:40"."""
    return {"saved": saved}


@register.inclusion_tag("ui/_field.html")
def field(
    bound: BoundField,
    help: str = "",  # noqa: A002 - what template authors write
    style: str = "",
    suffix: str = "",
) -> dict[str, Any]:
    """Show a form field with label, help and error. Style "seg": a choice as one row."""
    return fields.parts(bound, help_text=help, style=style, suffix=suffix)


@register.inclusion_tag("ui/_error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List what needs a look, each linked to its field; takes the focus."""
    return {"errors": fields.all_errors(form)}


@register.inclusion_tag("ui/_empty_state.html")
def empty_state(
    title: str,
    text: str = "",
    action_url: str = "",
    action_label: str = "",
    as_of: datetime | None = None,
    *,
    late: bool = False,
    icon: str = "",
) -> dict[str, Any]:
    """Say that nothing is there, since when that is known, and what to do next.

    With late=True the feed behind it is late: it says "Not known since 13:40" instead.
    """
    return {
        "title": title,
        "text": text,
        "action_url": action_url,
        "action_label": action_label,
        "as_of": as_of,
        "late": late,
        "icon": icon,
    }


@register.simple_block_tag
def page_head(content: str, title: str, lede: str = "") -> SafeString:
    """Write the page's one h1 and its lede; between the tags stand the actions."""
    actions = mark_safe(content.strip())  # noqa: S308 - a template's output
    return _render("ui/_page_head.html", title=title, lede=lede, actions=actions)


@register.simple_block_tag(end_name="endband")
def band(content: str, kind: str, title: str, icon: str = "", level: int = 2) -> SafeString:
    """Write a band across the page: an alert, a warning or a word."""
    return _render(
        "ui/_band.html",
        kind=kind,
        title=title,
        icon=icon or STATE_ICONS[kind],
        level=level,
        content=content,
    )


def _render(name: str, **context: object) -> SafeString:
    return mark_safe(render_to_string(name, context))  # noqa: S308 - a template's output


@register.simple_tag
def navigation(items: list[Any] | None) -> list[dict[str, Any]]:
    """Return the navigation with the letter that opens each item after g."""
    listed = items or []
    keys = words.navigation_keys([str(item.label) for item in listed])
    return [{"item": item, "key": key} for item, key in zip(listed, keys, strict=True)]


_NOT_KEPT = {"csrfmiddlewaretoken", "_key", "_who", "_back", "version"}


@register.simple_tag(takes_context=True)
def posted_fields(context: Context) -> list[tuple[str, str]]:
    """Return what was just sent, as (name, value), to send it again; never a password."""
    request = context.get("request")
    if request is None:
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_KEPT and "password" not in name
        for value in values
    ]


_CHOSEN = re.compile(r"[a-z0-9_]*")


@register.filter
def was_typed(value: str) -> bool:
    """Tell whether a sent value was typed by a person rather than chosen or hidden."""
    return _CHOSEN.fullmatch(value) is None


@register.filter
def in_words(name: str) -> str:
    """Return a field's name as a label: client_reasons reads Client reasons."""
    return gettext(name.replace("_", " ").replace("-", " ").capitalize())


class PanelNode(Node):
    """A card with a title; see the tag."""

    child_nodelists = ("nodelist", "aside")

    def __init__(
        self,
        title: FilterExpression,
        options: dict[str, FilterExpression],
        nodelist: NodeList,
        aside: NodeList,
    ) -> None:
        """Keep the parts until they are drawn."""
        self.title, self.options = title, options
        self.nodelist, self.aside = nodelist, aside

    def render(self, context: Context) -> SafeString:
        """Draw the card."""
        options = {name: value.resolve(context) for name, value in self.options.items()}
        return _render(
            "ui/_card.html",
            title=self.title.resolve(context),
            content=self.nodelist.render(context),
            aside=self.aside.render(context).strip(),
            **options,
        )


@register.tag
def panel(parser: Parser, token: Token) -> PanelNode:
    """Draw a card: {% panel "My day" id="day" flush=True %}...{% aside %}...{% endpanel %}.

    Options: id, flush (no padding, for tables and lists), css, foot, level (2), live (a URL
    polled every 15 s) and every (seconds). What follows {% aside %} stands at the right of
    the title.
    """
    _, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError("panel needs a title")
    title = parser.compile_filter(bits.pop(0))
    options = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"panel does not know {bits[0]!r}")
    nodelist, aside = parser.parse(("aside", "endpanel")), NodeList()
    if parser.next_token().contents == "aside":
        aside = parser.parse(("endpanel",))
        parser.delete_first_token()
    return PanelNode(title, options, nodelist, aside)
