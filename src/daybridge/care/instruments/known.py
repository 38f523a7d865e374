"""The definitions by name, read once."""

from django.core.exceptions import ObjectDoesNotExist

from daybridge.care.instruments.library import load
from daybridge.care.instruments.rules_shape import Instrument, Item


class NoSuchForm(ObjectDoesNotExist):
    """There is no instrument, or no question, of this name."""


def instruments() -> dict[str, Instrument]:
    """Return every instrument whose definition could be read, by name."""
    return dict(load().instruments)


def by_name(name: str) -> Instrument:
    """Return one instrument."""
    try:
        return load().get(name)
    except KeyError:
        raise NoSuchForm(name) from None


def item_of(instrument: Instrument, name: str) -> Item:
    """Return one question of an instrument."""
    try:
        return instrument.item(name)
    except KeyError:
        raise NoSuchForm(name) from None
