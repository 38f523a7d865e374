"""Letters: only what the consent names is filled in, whatever the record holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.access.policy import DataClass
from daybridge.documents import letters
from daybridge.documents.letters import FIELDS, BadTemplate, classes_of, fill, read
from daybridge.documents.rules import MAY_BE_NAMED

WORD = {field: f"VALUE-{field}-" for field in FIELDS}
SOUND = """number = 9
kinds = ["court"]
title = {en = "A", es = "B"}
[[paragraph]]
en = "{name}"
es = "{name}"
"""


@given(st.sampled_from(sorted(letters.letters())), st.frozensets(st.sampled_from(MAY_BE_NAMED)),
       st.frozensets(st.sampled_from(sorted(FIELDS))), st.sampled_from(["en", "es"]))
def test_a_letter_never_holds_what_the_consent_does_not_name(number, allowed, known, language):
    letter = letters.letters()[number]

    filled = fill(letter, {field: WORD[field] for field in known}, allowed, language)

    words = " ".join(filled.paragraphs)
    for field, (data, _) in FIELDS.items():
        if data not in allowed | {DataClass.NAME} or field not in known:
            assert WORD[field] not in words
    assert filled.classes <= allowed | {DataClass.NAME}
    assert filled.classes <= classes_of(letter) | {DataClass.NAME}
    if len(filled.paragraphs) < len(letter.paragraphs):
        assert filled.gaps


def test_every_letter_speaks_both_languages_with_the_same_fields():
    for letter in letters.letters().values():
        for paragraph in letter.paragraphs:
            assert sorted(letters.FIELD.findall(paragraph["en"])) == sorted(
                letters.FIELD.findall(paragraph["es"]))
    assert len(letters.letters()) == 5


@pytest.mark.parametrize(("text", "words"), [
    ("number = 1", "bad.toml"), (SOUND.replace("{name}", "{secret}"), "no such field: secret"),
    (SOUND.replace("court", "moon"), "moon"), (SOUND.replace('es = "{name}"', ""), "es"),
    ("[[", "bad.toml"),
])
def test_a_file_with_a_fault_is_named(text, words):
    read("sound.toml", SOUND)

    with pytest.raises(BadTemplate, match=words):
        read("bad.toml", text)
