"""Lessons: each shipped file can be used; coverage goes by minutes; what is taught next serves most."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.curriculum.library_lessons import FOLDER, curriculum, read_lessons
from daybridge.care.curriculum.rules_lessons import (
    PARTS,
    Covered,
    Taught,
    covered,
    is_out_of_date,
    teach_next,
)


def test_the_curriculum_has_three_parts_of_eight_in_both_languages():
    found = curriculum()
    assert found.problems == ()
    assert [sum(one.part == part for one in found.lessons.values()) for part in PARTS] == [8, 8, 8]
    assert [one.order for one in found.lessons.values()] == list(range(1, 25))
    for one in found.lessons.values():
        english, spanish = one.words["en"], one.words["es"]
        assert len(english.points) == len(spanish.points) == 5
        assert [check.right for check in english.checks] == [check.right for check in spanish.checks]
        assert english.title != spanish.title


def test_a_file_that_is_wrong_is_named_and_the_rest_works(tmp_path):
    good = json.loads((FOLDER / "craving.json").read_text())
    (tmp_path / "craving.json").write_text(json.dumps(good))
    bad = {**good, "slug": "bad", "part": "other", "review_by": "soon", "es": {**good["es"], "checks": []}}
    (tmp_path / "bad.json").write_text(json.dumps(bad))
    (tmp_path / "torn.json").write_text("{")
    (tmp_path / "list.json").write_text("[]")
    found = read_lessons(tmp_path)
    assert list(found.lessons) == ["craving"]
    assert len(found.problems) == 3
    (named,) = [one for one in found.problems if one.startswith("bad.json")]
    for words in ("part is not one of", "review_by is not a day", "es: checks are 3 questions"):
        assert words in named


@given(st.integers(1, 240), st.integers(0, 240))
def test_two_thirds_of_the_minutes_cover_a_lesson(minutes, present):
    state = covered([Taught(1, "a", minutes)], {(7, 1): present}, [7])[7].get("a", Covered.NO)
    wanted = Covered.NO if not present else Covered.YES if present >= minutes * 2 / 3 else Covered.SHORT
    assert state is wanted


def test_a_lesson_once_covered_stays_covered_whatever_comes_after():
    taught = [Taught(1, "a", 60), Taught(2, "a", 60)]
    assert covered(taught, {(7, 1): 60, (7, 2): 5}, [7])[7]["a"] is Covered.YES
    assert covered(taught, {(7, 1): 5, (7, 2): 60}, [7])[7]["a"] is Covered.YES


@given(st.lists(st.sets(st.sampled_from("abcd")), max_size=6))
def test_what_is_taught_next_is_new_for_no_fewer_than_any_other(known):
    people = dict(enumerate(dict.fromkeys(one, Covered.YES) for one in known))
    ranked = teach_next("abcd", people, list(people))
    assert sorted(one.lesson for one in ranked) == list("abcd")
    assert [one.new_for for one in ranked] == sorted((one.new_for for one in ranked), reverse=True)
    assert ranked[0].new_for == max(sum("abcd"[n] not in one for one in known) for n in range(4))


def test_of_equals_a_lesson_out_of_date_comes_last():
    assert [one.lesson for one in teach_next("abc", {}, [1], {"a"})] == ["b", "c", "a"]
    assert is_out_of_date(date(2026, 11, 25), date(2026, 11, 26))
    assert not is_out_of_date(date(2026, 11, 26), date(2026, 11, 26))
