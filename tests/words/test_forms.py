"""Our own forms as the client reads them: six years of school, both languages, no banned word."""

import json
from collections.abc import Iterator

import pytest

from daybridge.care.instruments.library import FOLDER, load
from tests.words.grade import grade
from tests.words.test_grade import HIGHEST, SENTENCE
from tests.words.test_never import wrong

OWN = [one for one in load().instruments.values()
       if one.licence.kind == "OWN" and "self" in one.administered_by]


def said(one, language: str) -> list[str]:
    """Return every text of a form once: title, questions, answers, names of its scores."""
    texts = [one.title[language], one.recall[language], *(item.words[language] for item in one.items)]
    texts += [option.words[language] for item in one.items for option in item.options]
    texts += [scale.words[language] for scale in one.scales]
    return list(dict.fromkeys(texts))


@pytest.mark.parametrize("one", OWN, ids=lambda one: one.name)
def test_our_forms_ask_for_six_years_of_school_at_most(one):
    texts = said(one, "en")

    assert grade(texts) <= HIGHEST
    assert grade([text for text in texts if len(text.split()) >= SENTENCE]) <= HIGHEST


@pytest.mark.parametrize("one", OWN, ids=lambda one: one.name)
def test_our_forms_speak_spanish_too(one):
    english, spanish = said(one, "en"), said(one, "es")

    same = {a for a, b in zip(english, spanish, strict=False) if a == b}
    assert same <= {"No"}
    assert not [text for text in spanish if "?" in text and "¿" not in text]


def strings(value: object) -> Iterator[str]:
    """Return every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_no_definition_says_what_is_never_said():
    found = [(path.name, text) for path in sorted(FOLDER.glob("*.json"))
             for text in strings(json.loads(path.read_text())) if wrong(text)]
    assert found == []
