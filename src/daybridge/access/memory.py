"""Asked twice, read once: what a request has read, until a command changes something.

Off outside of requests, so that jobs and tests always read what is stored now.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember reads for the length of a request."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once(key: object, read: Callable[[], T]) -> T:
    """Return what was read under this key in this request, or read it now."""
    known = _read.get()
    if known is None:
        return read()
    name = _hashable(key)
    if name not in known:
        known[name] = read()
    found: T = known[name]
    return found


def forget() -> None:
    """Forget everything: something has been, or is about to be, written."""
    known = _read.get()
    if known is not None:
        known.clear()


def _hashable(value: object) -> Hashable:
    if isinstance(value, Mapping):
        return tuple((key, _hashable(value[key])) for key in sorted(value))
    if isinstance(value, set | frozenset):
        return frozenset(value)
    if isinstance(value, list | tuple):
        return tuple(_hashable(one) for one in value)
    try:
        hash(value)
    except TypeError:
        return object()  # like nothing else: never found again
    found: Hashable = value
    return found
