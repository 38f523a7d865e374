"""What is due when, who reads a note, what a macro becomes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.notes import rules

START = datetime(2026, 11, 16, tzinfo=UTC)
MOMENTS = st.integers(-10**7, 10**7).map(lambda minutes: START + timedelta(minutes=minutes))
HOURS = st.integers(4, 168)
NAMES = st.from_regex(rules.MACRO_NAME, fullmatch=True)


@given(MOMENTS, HOURS, MOMENTS)
def test_a_note_is_overdue_exactly_after_its_hours(over, hours, now):
    due = rules.due_at(over, hours)

    assert rules.is_overdue(due, now) == (now - over > timedelta(hours=hours))
    assert rules.is_late_entry(over, now, hours) == rules.is_overdue(due, now)


@given(MOMENTS, HOURS, HOURS)
def test_more_hours_never_make_a_note_due_earlier(over, one, other):
    assert (rules.due_at(over, one) <= rules.due_at(over, other)) == (one <= other)


@given(st.text(), st.integers(1, 2**31), st.integers(0, 100), st.integers(0, 100))
def test_the_sample_is_the_same_each_time_and_grows_with_its_share(seed, note_id, one, other):
    few, many = sorted((one, other))

    assert rules.in_sample(seed, note_id, few) == rules.in_sample(seed, note_id, few)
    assert not rules.in_sample(seed, note_id, few) or rules.in_sample(seed, note_id, many)
    assert rules.in_sample(seed, note_id, 100)
    assert not rules.in_sample(seed, note_id, 0)


def test_of_ten_thousand_notes_a_tenth_is_read():
    read = sum(rules.in_sample("a seed", pk, 10) for pk in range(1, 10_001))

    assert 900 < read < 1100
    assert [rules.in_sample("another", pk, 10) for pk in range(200)] != [
        rules.in_sample("a seed", pk, 10) for pk in range(200)]


@given(st.booleans(), st.booleans())
def test_a_trainees_note_is_always_read(licensed, sampled):
    why = rules.why_cosigned(licensed=licensed, sampled=sampled)

    assert bool(why) == (not licensed or sampled)
    assert (why == rules.TRAINEE) == (not licensed)


@given(st.text(), st.dictionaries(NAMES, st.text()))
def test_a_text_without_a_dot_stays_as_it_is(text, macros):
    plain = text.replace(".", "")

    assert rules.expand(plain, macros) == plain
    assert rules.expand(text, {}) == text


@given(NAMES, st.text())
def test_a_macro_is_written_out_where_it_stands_alone(name, words):
    macros = {name: words}

    assert rules.expand(f"Today: .{name}, as before", macros) == f"Today: {words}, as before"
    for inside in (f"3.{name}", f"www.{name}", f"..{name}", f".{name}x9z"):
        assert rules.expand(inside, macros) == inside


def test_a_macro_inside_a_macro_is_not_written_out():
    assert rules.expand(".a", {"a": "see .b", "b": "never"}) == "see .b"


@given(st.text())
def test_only_long_enough_words_count_as_copied(text):
    alike = rules.is_copy(text, text)

    assert alike == (len(" ".join(text.split())) >= rules.COPIED_FROM)
    assert not rules.is_copy(text, text + " more")


@given(st.dictionaries(st.sampled_from([*rules.Section]), st.text()))
def test_a_note_needs_its_data_and_nothing_else(texts):
    assert bool(rules.lacks(texts)) == (not texts.get(rules.Section.DATA, "").strip())
