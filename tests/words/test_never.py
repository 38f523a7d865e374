"""Words that are never said to or about people here, and what a notification never tells."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from daybridge.access.accounts import code_words, reset_words
from daybridge.access.invitations import link_words
from daybridge.clinic.messaging.rules_words import LANGUAGES, SUBJECT, WORDINGS
from tests.cast import NOON

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "daybridge"
NEVER = re.compile(
    r"\b(dirty|clean|addicts?|abusers?|non-?complian(t|ce)|failed|refused treatment|relapsers?|"
    r"frequent flyers?|sucios?|sucias?|limpi[oa]s?|(drog)?adict[oa]s?|abusador(es|as?)?|recaedor(es|as?)?|"
    r"fracas(ó|o|ado|ada))\b", re.IGNORECASE)
NEVER_CAPITALS = re.compile(r"\bAMA\b")
SHOUTED = re.compile(r"¡|[^\W\d_]!(?=\s|$|[”\"')<])")
IDENTIFIER = re.compile(r"[\w.:/-]+")  # a word alone in code: a state, a key, a slug
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
QUOTED = re.compile(r'"([^"\n]*)"|\'([^\'\n]*)\'|`([^`]*)`')
LISTS_OF_SUCH_WORDS = {SOURCES / "clinic" / "messaging" / "rules_words.py"}
TELLS = re.compile(
    r"treatment|tratamiento|programm?e?\b|programa|riverside|\btests?\b|pruebas?\b|\bgroups?\b|grupos?\b|"
    r"counsel|consejer|clinic|clínic", re.IGNORECASE)


def python_texts(path: Path) -> Iterator[str]:
    """Return the strings of a module that are not docstrings and not identifiers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    with_docs = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, with_docs) and node.body and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else None
        if isinstance(text, str) and (not IDENTIFIER.fullmatch(text) or text[:1].isupper()):
            yield text


def template_texts(path: Path) -> Iterator[str]:
    """Return what a template says: its text, and quoted words of its tags."""
    source = path.read_text(encoding="utf-8")
    yield re.sub(r"<![^>]*>", "", TAG.sub(" ", source))
    for tag in TAG.findall(source):
        for found in QUOTED.findall(tag):
            text = "".join(found)
            if not IDENTIFIER.fullmatch(text) or text[:1].isupper():
                yield text


def script_texts(path: Path) -> Iterator[str]:
    """Return the quoted texts of a script that are more than a word."""
    for found in QUOTED.findall(path.read_text(encoding="utf-8")):
        text = "".join(found)
        if " " in text and not text.startswith(("[", ".", "#")):
            yield text


def translated_texts(path: Path) -> Iterator[str]:
    """Return both sides of every translation."""
    with path.open("rb") as file:
        for message in read_po(file):
            for side in (message.id, message.string):
                yield from side if isinstance(side, (tuple, list)) else [side]


def said() -> Iterator[tuple[Path, str]]:
    """Return everything the program can say, with where it stands."""
    kinds = ((SOURCES, "*.py", python_texts), (SOURCES, "*.html", template_texts),
             (SOURCES, "*.js", script_texts), (ROOT / "locale", "*.po", translated_texts))
    for where, pattern, read in kinds:
        for path in where.rglob(pattern):
            if not {"tests", "migrations", "vendor", "node_modules"} & set(path.parts):
                yield from ((path, text) for text in read(path))


def wrong(text: str) -> bool:
    """Tell whether a text holds a word that is never said, or shouts."""
    return bool(NEVER.search(text) or NEVER_CAPITALS.search(text) or SHOUTED.search(text))


def test_no_such_word_is_said_anywhere():
    found = [(str(path.relative_to(ROOT)), text[:80]) for path, text in said()
             if wrong(text) and path not in LISTS_OF_SUCH_WORDS]
    assert found == []


def test_the_search_reads_every_kind_of_file():
    texts = list(said())
    assert {path.suffix for path, _ in texts} == {".py", ".html", ".js", ".po"}
    assert any(text == "Call now" for _, text in texts)
    assert any("Locked. Your words are kept" in text for _, text in texts)


@pytest.mark.parametrize("text", [
    "A clean test", "She failed", "Left AMA", "An addict", "Well done!", "¡Bien", "Un adicto",
    "non-compliant",
])
def test_what_is_never_said_is_found(text):
    assert wrong(text)


@pytest.mark.parametrize("text", ["Ama la vida", "a != b", "Cleanliness", "Missed, no word yet"])
def test_other_words_are_not(text):
    assert not wrong(text)


def notifications() -> Iterator[str]:
    """Return everything that leaves the house, in each language."""
    for language in LANGUAGES:
        yield SUBJECT[language]
        yield from (wording.says[language] for wording in WORDINGS.values())
        with translation.override(language):
            yield code_words("ABC-DEF")
            yield reset_words("https://example.org/x")
            yield link_words("https://example.org/x", NOON)


def test_a_notification_tells_nothing():
    assert [text for text in notifications() if TELLS.search(text) or wrong(text)] == []


def test_no_title_tells_where_somebody_is(pages):
    titles = {
        re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1] for walked in pages.values()
        for page in walked.values()
    }
    assert len(titles) > 40
    assert [title for title in titles if TELLS.search(title)] == []
