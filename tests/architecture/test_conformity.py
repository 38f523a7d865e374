"""The mission's listing is whole, and the conformity page is fresh."""

import importlib

from daybridge.quality.listing import EVERYTHING, LEVELS, PRINCIPLES, SPECIFICATIONS
from tests.conformity import TARGET, text


def test_fourteen_principles_nine_specifications_nine_levels_and_decisions():
    assert [len(PRINCIPLES), len(SPECIFICATIONS), len(LEVELS)] == [14, 9, 9]


def test_a_measure_is_read_or_says_what_is_missing():
    assert [k.id for k in EVERYTHING for m in k.figures if not m.read and not m.missing] == []


def test_what_upholds_a_principle_exists():
    for kept in EVERYTHING:
        for name in kept.upheld_by:
            module, function = f"daybridge.{name}".rsplit(".", 1)
            assert hasattr(importlib.import_module(module), function), name


def test_the_conformity_page_is_fresh():
    assert TARGET.read_text() == text(), "Run: python -m tests.conformity"
