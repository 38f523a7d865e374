"""The template tags: geometry, words, escaping, icons."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.test import RequestFactory

import daybridge
from daybridge.ui import styleguide, words
from daybridge.ui.hours import hours_bar
from daybridge.ui.icons import UnknownIcon, icon_body

NASTY = '<b onclick="x">O\'Neil & "Sons"</b>'
INLINE = r"\sstyle=|<style|\son[a-z]+=|hx-on|<script(?![^>]*(\ssrc=|\stype=\"application/json\"))"
SOURCES = Path(daybridge.__path__[0])


def show(text, **context):
    return Template("{% load ui %}" + text).render(Context(context))


# --- the hours bar --------------------------------------------------------------------


def test_a_bar_lays_delivered_booked_and_possible_end_to_end():
    bar = hours_bar(3, 3, 3, 9)
    assert (bar.delivered, bar.booked_x, bar.booked) == (50.0, 50.0, 50.0)
    assert (bar.possible_x, bar.possible, bar.tick) == (100.0, 50.0, 150.0)


@pytest.mark.parametrize(
    ("hours", "state"),
    [
        ((9, 0, 0, 9), "ok"),
        ((5, 4, 3, 9), "ok"),
        ((3, 3, 3, 9), "risk"),
        ((3, 0, 3, 9), "short"),
    ],
)
def test_a_bar_says_on_track_at_risk_or_short(hours, state):
    assert hours_bar(*hours).state == state


def test_twelve_prescribed_hours_leave_room_for_three_more():
    assert hours_bar(0, 0, 0, 12).tick == 160.0


def test_more_hours_than_the_scale_stay_inside_the_drawing():
    bar = hours_bar(10, 9, 9, 9)
    assert bar.possible_x + bar.possible <= 200.0
    assert bar.booked >= 0


def test_a_bar_says_its_figures_in_a_sentence():
    drawn = show("{% hours_bar 3 0 3 9 %}")
    assert "3.0 hours delivered, 0.0 booked, 3.0 more possible, 9 prescribed" in drawn
    assert 'role="img"' in drawn
    assert "hb-booked" not in drawn


# --- words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maria Delgado", "MD"),
        ("Dr Kwame Osei", "KO"),
        ("Cher", "C"),
        ("Ana María López", "AL"),
        ("", "?"),
        ("Éva Ödön", "ÉÖ"),
        ("Bo Bo", "B"),
    ],
)
def test_initials_leave_titles_out(name, letters):
    assert words.initials(name) == letters


def test_initials_only_shows_initials_and_birth_day():
    born = date(1992, 3, 14)
    shell = SimpleNamespace(initials_only=True)
    drawn = show("{% person name born %}", name="Maria Delgado", born=born, shell=shell)
    assert drawn.endswith(">M.D. 14</span>")


def test_minutes_become_hours_with_unit():
    assert show("{% duration 180 %}") == "3.0 h"


def test_the_year_stands_only_when_it_is_another_one():
    moment = datetime(2026, 11, 19, 10, 30, tzinfo=UTC)
    assert "2026" not in words.moment(moment, part="full", client=False, this_year=2026)
    assert "2026" in words.moment(moment, part="full", client=False, this_year=2027)


def test_a_time_is_a_time_element_and_nothing_is_nothing():
    drawn = show("{% when moment %}", moment=date(2026, 11, 19))
    assert drawn.startswith('<time datetime="2026-11-19">')
    assert show("{% when moment %}", moment=None) == ""


def test_no_two_places_share_a_letter():
    keys = words.navigation_keys(["Programme", "Principles", "Hours", "Week", "Staff"])
    assert keys == ["r", "p", "h", "w", "s"]


# --- escaping -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        "{% person name %}",
        "{% avatar name %}",
        '{% state "ok" name %}',
        "{% empty_state name name %}",
        '{% panel name id="p" %}{{ name }}{% aside %}{{ name }}{% endpanel %}',
        "{% page_head name lede=name %}{{ name }}{% endpage_head %}",
        '{% band "risk" name %}{{ name }}{% endband %}',
        '{% icon "sun" label=name %}',
    ],
)
def test_a_nasty_name_stays_text(tag):
    drawn = show(tag, name=NASTY)
    assert "<b" not in drawn.replace("<br", "")
    assert "&amp;lt;" not in drawn


# --- icons ----------------------------------------------------------------------------


def test_an_icon_is_drawn_in_the_page_and_silent():
    drawn = show('{% icon "sun" %}')
    assert drawn.startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"')
    assert "<path" in drawn
    assert "M0 0h24v24H0z" not in drawn


@pytest.mark.parametrize("name", ["no-such-icon", "../../package", "sun.svg", ""])
def test_an_unknown_icon_stops_a_developer(settings, name):
    settings.ICONS_STRICT = True
    with pytest.raises(UnknownIcon):
        icon_body(name)


def test_an_unknown_icon_does_not_stop_the_clinic(settings):
    settings.ICONS_STRICT = False
    assert icon_body("no-such-icon") == ""


def test_every_icon_named_in_a_template_exists(settings):
    settings.ICONS_STRICT = True
    names = {
        name
        for path in SOURCES.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {name for name in names if not icon_body(name)} == set()


# --- fields ---------------------------------------------------------------------------


def test_a_field_links_its_help_and_its_error():
    form = styleguide.SampleForm({"minutes": "220"})
    drawn = show('{% field form.minutes help="Real minutes." %}', form=form)
    assert 'aria-describedby="id_minutes_error id_minutes_help"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "Minutes can be 0 to 180" in drawn


def test_a_choice_is_a_group_with_a_legend():
    drawn = show('{% field form.presence style="seg" %}', form=styleguide.SampleForm())
    assert "<fieldset" in drawn
    assert drawn.count('type="radio"') == 4
    assert 'for="id_presence_0"' in drawn


def test_the_summary_links_every_error_and_takes_the_focus():
    form = styleguide.SampleForm({"minutes": "220"})
    form.is_valid()
    drawn = show("{% error_summary form %}", form=form)
    assert "data-autofocus" in drawn
    assert 'href="#id_minutes"' in drawn
    assert 'href="#id_presence"' in drawn
    assert show("{% error_summary form %}", form=styleguide.SampleForm()).strip() == ""


# --- pages ----------------------------------------------------------------------------


def test_a_panel_needs_a_title():
    with pytest.raises(TemplateSyntaxError, match="title"):
        show("{% panel %}{% endpanel %}")


@pytest.mark.parametrize("name", ["500.html", "db_down.html"])
def test_these_pages_need_nothing(name):
    drawn = get_template(name).render()
    assert "safe" in drawn
    assert drawn.count("<h1") == 1


def test_no_page_has_inline_style_or_script():
    for path in SOURCES.rglob("templates/**/*.html"):
        text = re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8"))
        assert not re.search(INLINE, text), path


def test_what_was_sent_is_sent_again_without_the_password():
    request = RequestFactory().post("/", {"line": NASTY, "password": "x", "_key": "1"})
    drawn = show(
        "{% posted_fields as sent %}{% for n, v in sent %}{{ n }}={{ v }};{% endfor %}",
        request=request,
    )
    assert drawn.startswith("line=&lt;b")
    assert drawn.count(";") > 0
    assert "password" not in drawn
    assert "_key" not in drawn


def test_the_frame_says_when_nobody_is_on_call():
    drawn = get_template("ui/styleguide.html").render(styleguide.context(on_call=None))
    assert "Nobody on call is set" in drawn
    assert 'aria-current="page"' in drawn
