"""Walking through JSON of unknown shape: every mistake is written down with its place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Wanted = TypeVar("Wanted", str, int, bool, dict[str, Any], list[Any])
KINDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    dict: "an object",
    list: "a list",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON object, where it stands in the file, and the mistakes found so far."""

    value: Mapping[str, Any]
    path: str
    problems: list[str]

    def wrong(self, words: str, key: str = "") -> None:
        """Write down a mistake and its place."""
        place = ".".join(part for part in (self.path, key) if part) or "the file"
        self.problems.append(f"{place}: {words}")

    def only(self, names: str) -> None:
        """Write down every name that has no meaning here; `names` are parted by spaces."""
        known = names.split()
        for key in self.value:
            if key.removeprefix("_") not in known:
                self.wrong("is not known here", key)

    def text(self, key: str, *, optional: bool = False) -> str:
        """Return a text; an empty one counts as missing."""
        found = self._get(key, str, "", optional=optional)
        if not found.strip() and not optional and isinstance(self.value.get(key), str):
            self.wrong("is empty", key)
        return found

    def whole(self, key: str, *, optional: bool = False) -> int | None:
        """Return a whole number."""
        if key not in self.value and optional:
            return None
        return self._get(key, int, 0, optional=optional)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        return self._get(key, bool, bool(default), optional=default is not None)

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """Return a text that must be one of a set."""
        found = self.value.get(key)
        if not isinstance(found, str) or found not in allowed:
            self.wrong(f"must be one of {', '.join(sorted(allowed))}", key)
            return min(allowed)
        return found

    def child(self, key: str, *, optional: bool = False) -> "Node":
        """Return an object inside."""
        found: dict[str, Any] = self._get(key, dict, {}, optional=optional)
        return Node(found, self._below(key), self.problems)

    def children(self, key: str, *, optional: bool = True) -> list["Node"]:
        """Return a list of objects; what is no object is written down."""
        nodes = []
        found: list[Any] = self._get(key, list, [], optional=optional)
        for place, value in enumerate(found):
            path = f"{self._below(key)}[{place}]"
            if isinstance(value, Mapping):
                nodes.append(Node(value, path, self.problems))
            else:
                self.problems.append(f"{path}: must be an object")
        return nodes

    def texts(self, key: str, *, optional: bool = True) -> tuple[str, ...]:
        """Return a list of texts."""
        found: list[Any] = self._get(key, list, [], optional=optional)
        if not all(isinstance(value, str) and value for value in found):
            self.wrong("must be a list of texts", key)
            return ()
        return tuple(found)

    def by_language(self, key: str, *, optional: bool = False) -> dict[str, str]:
        """Return texts by language."""
        node = self.child(key, optional=optional)
        return {language: node.text(language) for language in node.value}

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _get(self, key: str, kind: type[Wanted], default: Wanted, *, optional: bool) -> Wanted:
        found = self.value.get(key)
        if found is None:
            if not optional:
                self.wrong("is missing", key)
            return default
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            self.wrong(f"must be {KINDS[kind]}", key)
            return default
        return found
