"""Every instrument: the published vectors, and what must hold for any answers a form allows."""

import json
from contextlib import suppress
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybridge.care.instruments.library import load
from daybridge.care.instruments.rules import asked, critical_of, score
from daybridge.care.instruments.rules_answers import from_form
from daybridge.care.instruments.rules_conditions import Facts
from daybridge.care.instruments.rules_shape import Kind, OutOfSet, WrongShape

LIBRARY = load().instruments
NAMES = sorted(LIBRARY)
VECTORS = json.loads(
    (Path(__file__).parents[5] / "tests" / "data" / "scores_public.json").read_text()
)
FEW = settings(max_examples=8)
CONTEXTS = st.fixed_dictionaries(
    {},
    optional={
        "sex": st.sampled_from(["m", "f", "x", None]),
        "substance": st.sampled_from(["alcohol", "opioid", "inhalant"]),
        "as_prescribed": st.booleans(),
    },
)


def one(name):
    return load().get(name)


def listed(found):
    return list(found.score) if isinstance(found.score, tuple) else found.score


def values(item):
    """Return a strategy of the answers an item allows."""
    if item.repeats:
        codes = [option.value for option in item.options]
        return st.lists(st.sampled_from(codes), unique=True, max_size=3)
    if item.options:
        return st.sampled_from([option.value for option in item.options])
    if item.kind is Kind.INTEGER:
        return st.integers(item.low, item.high)
    if item.kind is Kind.DECIMAL:
        return st.decimals(item.low, item.high, places=1)
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def answers(instrument):
    """Return a strategy of whole forms, in any order."""
    items = [item for item in instrument.items if item.kind is not Kind.DISPLAY]
    optional = {item.link_id: values(item) for item in items if not item.required}
    required = {item.link_id: values(item) for item in items if item.required}
    return st.fixed_dictionaries(required, optional=optional)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["id"])
def test_the_published_vectors(case):
    found = score(one(case["instrument"]), case["answers"], case["context"])

    assert (listed(found), found.band) == (case["expected_score"], case["expected_band"])
    assert found.status == "complete"


def test_every_instrument_of_the_list_has_a_definition():
    assert {case["instrument"] for case in VECTORS} <= set(LIBRARY)
    assert {"drinking_30", "session_check", "weekly_check", "six_areas", "needs_list",
            "family_check"} <= set(LIBRARY)
    assert load().problems == ()


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_a_whole_form_always_has_a_result_whatever_the_order(name, data):
    instrument = LIBRARY[name]
    form = data.draw(answers(instrument))
    context = data.draw(CONTEXTS)

    found = score(instrument, form, context)

    assert found.status == "complete"
    assert found.band
    for scale in instrument.scales:
        assert scale.low <= found.subscales[scale.name] <= scale.high
    turned = dict(reversed(form.items()))
    assert score(instrument, turned, context) == found


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_a_higher_answer_never_lowers_a_score_that_says_so(name, data):
    instrument = LIBRARY[name]
    form = data.draw(answers(instrument))
    before = score(instrument, form).subscales
    for scale in instrument.scales:
        if not scale.monotone:
            continue
        link_id = data.draw(st.sampled_from(scale.items))
        other = data.draw(values(instrument.item(link_id)))
        higher = max(other, form[link_id])
        after = score(instrument, {**form, link_id: higher}).subscales[scale.name]
        rises = after >= before[scale.name]
        assert rises or (link_id in scale.reverse and after <= before[scale.name])


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_a_missing_answer_leaves_no_score(name, data):
    instrument = LIBRARY[name]
    form = data.draw(answers(instrument))
    due = [item.link_id for item in asked(instrument, form) if item.required]
    gone = data.draw(st.sampled_from(due))

    found = score(instrument, {**form, gone: None})

    assert found.score is None
    assert found.status == "incomplete"
    assert gone in found.missing
    assert found.band is None or instrument.reported is None


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_an_answer_the_form_does_not_offer_is_refused_by_name(name, data):
    instrument = LIBRARY[name]
    form = data.draw(answers(instrument))
    item = data.draw(st.sampled_from([i for i in instrument.items if i.kind is not Kind.TEXT]))
    strange = data.draw(st.one_of(
        st.integers(-9, -1), st.integers(100, 10**6), st.booleans(), st.floats(100.5, 1e9),
        st.sampled_from([float("nan"), float("inf"), "", "1", "x" * 300, {}, [["1"]], [1], ()]),
    ).filter(lambda value: not (item.repeats and value in [(), []])))

    with pytest.raises(OutOfSet) as refused:
        score(instrument, {**form, item.link_id: strange})

    assert refused.value.item == item.link_id
    assert str(refused.value).startswith(f"Item {item.link_id}: ")


@pytest.mark.parametrize("name", NAMES)
def test_a_list_of_another_length_is_refused(name):
    length = len(LIBRARY[name].sequence)
    for wrong in (0, length - 1, length + 1):
        with pytest.raises(WrongShape, match=f"takes {length} answers"):
            score(LIBRARY[name], [0] * wrong)


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_what_fires_at_an_item_fires_in_the_whole_form_too(name, data):
    """Saved one by one, the items fire what the whole form shows, and nothing is lost."""
    instrument = LIBRARY[name]
    form = data.draw(answers(instrument))
    so_far, fired = {}, set()
    for link_id, value in form.items():
        fired |= {c.name for c in critical_of(instrument, link_id, value, so_far)}
        so_far[link_id] = value

    assert {c.name for c in score(instrument, form).critical} <= fired


def cut_cases():
    """Return every lower end of every band by cuts, with the value just below it."""
    for name, instrument in LIBRARY.items():
        bands = instrument.bands
        if bands.kind != "cuts" or bands.score == "lowest":
            continue
        tables = [({}, bands.bands)]
        tables += [({t.name: next(iter(t.among))}, cuts) for t, cuts in bands.by_context]
        for context, cuts in tables:
            for below, band in pairwise(cuts):
                yield name, context, below.name, band.name, int(band.low)


@pytest.mark.parametrize(("name", "beside", "below", "band", "low"), list(cut_cases()))
def test_each_band_begins_where_it_says(name, beside, below, band, low):
    at, under = reached(name)[low], reached(name)[low - 1]

    assert score(LIBRARY[name], at, beside).band.split("+")[0] == band
    assert score(LIBRARY[name], under, beside).band.split("+")[0] == below


@cache
def reached(name):
    """Return a form for every total of an instrument, found by adding item after item."""
    instrument = LIBRARY[name]
    scale = instrument.scale(instrument.bands.score)
    gates = {gate.item for item in instrument.items for gate in item.gates}
    forms = {(0,): {}}
    for item in instrument.items:
        if item.kind in {Kind.TEXT, Kind.DISPLAY, Kind.OPEN_CHOICE}:
            continue
        steps = [o.value for o in item.options] or range(item.low, item.high + 1)
        if item.link_id not in scale.items:
            steps = (steps[0], steps[-1])
        following = {}
        for form in forms.values():
            for step in steps:
                longer = {**form, item.link_id: step}
                total = Facts(instrument, longer, {}).span(scale)[0]
                following.setdefault((total, *(longer.get(gate) for gate in gates)), longer)
        forms = following
    return {total: form for (total, *_), form in forms.items()}


# INSTRUMENTS.md 1 and 5, written down apart from the files: the lower end of every band
CUTS = {
    "phq9": "minimal 0 mild 5 moderate 10 moderately_severe 15 severe 20",
    "gad7": "minimal 0 mild 5 moderate 10 severe 15",
    "audit": "zone1 0 zone2 8 zone3 16 zone4 20",
    "audit_c": "negative 0 positive 3",
    "cage_aid": "negative 0 possible 1 positive 2",
    "dast10": "none 0 low 1 moderate 3 substantial 6 severe 9",
    "dsm5_sud": "none 0 mild 2 moderate 4 severe 6",
    "tcu_ds5": "none 0 mild 2 moderate 4 severe 6",
    "pc_ptsd5": "negative 0 borderline 3 positive 4",
    "pcl5": "below_cut 0 grey_31_32 31 above_cut 33",
    "barc10": "below_47 0 at_or_above_47 47",
    "cows": "none_minimal 0 mild 5 moderate 13 moderately_severe 25 severe 37",
    "ciwa_ar": "mild 0 moderate 10 severe 19",
    "ruler": "low 0 mid 4 high 7",
}


def test_the_cuts_are_those_of_the_list():
    found = {
        name: " ".join(f"{band.name} {band.low}" for band in one.bands.bands)
        for name, one in LIBRARY.items()
        if one.bands.kind == "cuts"
    }
    own = {"drinking_30", "family_check", "needs_list"}
    assert {name: cuts for name, cuts in found.items() if name not in own} == CUTS


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("name", ["phq9", "ahc_hrsn", "srs", "cssrs_screener", "bam", "weekly_check"])
@FEW
@given(data=st.data())
def test_whatever_arrives_is_scored_or_refused(name, data):
    instrument = LIBRARY[name]
    names = [*instrument.by_id, *instrument.fields]
    length = len(instrument.sequence)
    given_ = data.draw(
        st.dictionaries(st.sampled_from(names) | st.text(max_size=3), JSON, max_size=6)
        | st.lists(JSON, min_size=length, max_size=length)
    )
    context = data.draw(st.dictionaries(st.sampled_from(["sex", "exposed", "recent3m", "x"]), JSON))
    with suppress(OutOfSet, WrongShape):
        assert score(instrument, given_, context).status in {"complete", "incomplete"}


def test_a_form_of_decimals_is_added_exactly():
    found = score(one("srs"), [9.1, 9.2, 9.3, Decimal("9.4")])

    assert found.score == 37
    assert isinstance(found.score, int)


@pytest.mark.parametrize(("name", "link_id", "typed", "value"), [
    ("phq9", "9", ["2"], 2), ("phq9", "9", [" 2 "], 2), ("phq9", "9", [""], None), ("phq9", "9", [], None),
    ("srs", "1", ["9.5"], Decimal("9.5")), ("srs", "1", ["9,5"], Decimal("9.5")),
    ("bam", "4", ["30"], 30), ("ahc_hrsn", "living", ["steady"], "steady"),
    ("ahc_hrsn", "problems", ["mold", "a draught"], ("a draught", "mold")), ("ahc_hrsn", "problems", [], ()),
    ("weekly_check", "went_well", ["  A walk  "], "A walk"),
])
def test_what_a_form_sends_is_read_as_it_is_stored(name, link_id, typed, value):
    assert from_form(one(name).item(link_id), typed) == value


NASTY = json.loads((Path(__file__).parents[5] / "tests" / "data" / "nasty.json").read_text())


@pytest.mark.parametrize("link_id", ["phq9.9", "srs.1", "bam.4", "ahc_hrsn.living"])
def test_strange_words_are_refused_and_nothing_else_happens(link_id):
    name, _, number = link_id.partition(".")
    words = filter(str.strip, map(str, NASTY.values()))
    typed = [*words, "NaN", "1e9", "-", "--1", "٣", "1" * 5000, "0x1", "1_0",
             "\ud800", "-0.0001"]
    for words in typed:
        with pytest.raises(OutOfSet):
            from_form(one(name).item(number), [words])
