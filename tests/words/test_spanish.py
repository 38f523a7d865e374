"""Whoever reads Spanish finds no English sentence on a page that is for them."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.canaries import CANARIES, plant
from tests.words.reading import texts
from tests.words.walk import settle, walk

SAME = {
    "Daybridge", "Riverside Day Programme", "Mill Street", "Room 1", "Room 2", "Office 3", "Esc", "Español",
    "English", "No", "988", "911",
}
ENGLISH = re.compile(r"\b(the|you|your|and|of|is|are|with|this|that|not|please|we|for|to)\b", re.IGNORECASE)


@pytest.fixture
def house(cast, monkeypatch):
    """A real clinic, Maria in a full week, Andre before his decision."""
    cache.clear()
    monkeypatch.setattr(settings.DAYBRIDGE, "kind", "real")
    ids = plant(cast)
    settle(cast)
    return cast, ids


def test_no_english_is_left(house):
    english, spanish = walk(*house, "en"), walk(*house, "es")

    left = {}
    for name, page in spanish.items():
        before = {text for _, text in texts(english[name])} if name in english else set()
        own = [text for language, text in texts(page) if language == "es" and not is_data(house[0], text)]
        found = [text for text in own if text in before or ENGLISH.search(text)]
        if found:
            left[name] = found
    assert left == {}


def is_data(cast, text: str) -> bool:
    """Tell whether a text is somebody's name or words, or a name of the house."""
    return False
