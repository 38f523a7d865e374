"""Text packs: the published words of a form, from a FHIR R4 Questionnaire that a site adds.

An item is found by its code or linkId and must offer the very answers of our definition;
otherwise the pack is refused, item by item. Source: INSTRUMENTS.md 0.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from daybridge.care.instruments.library import LARGEST_FILE, Library, Pack
from daybridge.care.instruments.packs_answers import answers_differ, labels
from daybridge.care.instruments.rules_shape import Instrument, Item, Kind

LONGEST = 2000
SILENT = frozenset({"group", "display"})


class BadPack(ValueError):
    """A pack that can't be used; `problems` says what differs, item by item."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problems))


def read(
    content: bytes,
    instrument: Instrument,
    *,
    source: str,
    licence_words: str = "",
    leave_out: Collection[str] = (),
) -> Pack:
    """Return the pack's words for an instrument, or raise BadPack with everything that differs.

    `leave_out` names questions of the pack (linkIds) that this form does not have.
    """
    form = parsed(content)
    if instrument.licence.kind == "OWN":
        raise BadPack([f"{instrument.name} has its own words: it takes no pack."])
    if instrument.licence.kind == "LICENSED" and not licence_words.strip():
        raise BadPack(
            [
                f"{instrument.name} is licensed: say which licence your site holds. "
                + instrument.licence.note
            ]
        )
    pairs, problems = _paired(form, instrument, leave_out)
    for item, part in pairs:
        problems += [f"item {item.link_id}: {words}" for words in _differs(item, part, form)]
    if problems:
        raise BadPack(problems)
    return Pack(
        instrument=instrument.name,
        language=_language(form),
        source=_source(form, source),
        digest=hashlib.sha256(content).hexdigest(),
        copyright=str(form.get("copyright") or "")[:LONGEST],
        items={item.link_id: part["text"].strip() for item, part in pairs},
        options={item.link_id: labels(item, part, form) for item, part in pairs},
    )


def whose(content: bytes, library: Library) -> Instrument:
    """Return the instrument a pack is for: by its name, or by the code of the whole form."""
    form = parsed(content)
    name = str(form.get("name") or "").casefold().replace("-", "_")
    codes = _codes(form)
    for instrument in library.instruments.values():
        if name in {instrument.name, *instrument.aliases}:
            return instrument
        if codes & {code.code for code in instrument.codes}:
            return instrument
    raise BadPack(
        ["Which form is it? Give --instrument with one of: " + ", ".join(library.instruments)]
    )


def parsed(content: bytes) -> Mapping[str, Any]:
    """Return the Questionnaire in a file, or raise BadPack."""
    if len(content) > LARGEST_FILE:
        raise BadPack([f"The file is larger than {LARGEST_FILE} bytes."])
    try:
        form = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError):
        raise BadPack(["The file is not JSON in UTF-8."]) from None
    if not isinstance(form, dict) or form.get("resourceType") != "Questionnaire":
        raise BadPack(["The file is not a FHIR Questionnaire."])
    return form


def _paired(
    form: Mapping[str, Any], instrument: Instrument, leave_out: Collection[str]
) -> tuple[list[tuple[Item, Mapping[str, Any]]], list[str]]:
    """Lay the pack's questions beside our items; say what is left over on either side."""
    pairs: list[tuple[Item, Mapping[str, Any]]] = []
    problems = []
    totals = {code.code for scale in instrument.scales for code in scale.codes}
    totals |= {code.code for code in instrument.bands.codes}
    taken: set[str] = set()
    for part in _questions(form.get("item"), 0):
        if part.get("linkId") in leave_out or _computed(part, totals):
            continue
        item = _ours(part, instrument)
        if item is None:
            problems.append(
                f"{_name(part)}: {instrument.name} has no such item. Leave it out, "
                "or give it the linkId of ours."
            )
        elif item.link_id in taken:
            problems.append(f"item {item.link_id}: is there twice")
        else:
            taken.add(item.link_id)
            pairs.append((item, part))
    problems += [
        f"item {item.link_id}: is not in the pack"
        for item in instrument.items
        if item.required and item.link_id not in taken
    ]
    order = [item.link_id for item, _ in pairs]
    if order != [item.link_id for item in instrument.items if item.link_id in taken]:
        problems.append(f"the items stand in another order: {', '.join(order)}")
    return pairs, problems


def _ours(part: Mapping[str, Any], instrument: Instrument) -> Item | None:
    codes = _codes(part)
    link_id = str(part.get("linkId") or "").strip("/")
    for item in instrument.items:
        if codes & {code.code for code in item.codes}:
            return item
    for item in instrument.items:
        if link_id in {item.link_id, *(code.code for code in item.codes)}:
            return item
    return None


def _computed(part: Mapping[str, Any], totals: set[str]) -> bool:
    """Tell whether nobody answers this: a total, or another figure that is worked out."""
    extensions = part.get("extension")
    urls = [
        str(extension.get("url"))
        for extension in (extensions if isinstance(extensions, list) else [])
        if isinstance(extension, dict)
    ]
    return (
        part.get("readOnly") is True
        or bool(totals & {*_codes(part), str(part.get("linkId") or "").strip("/")})
        or any(url.endswith("calculatedExpression") for url in urls)
    )


def _questions(parts: object, depth: int) -> Iterator[Mapping[str, Any]]:
    """Yield what is asked, in order, out of any groups."""
    if not isinstance(parts, list) or depth > 10:  # noqa: PLR2004 - nobody nests deeper
        return
    for part in parts:
        if not isinstance(part, dict):
            continue
        if part.get("type") not in SILENT:
            yield part
        yield from _questions(part.get("item"), depth + 1)


def _differs(item: Item, part: Mapping[str, Any], form: Mapping[str, Any]) -> list[str]:
    found = []
    text = part.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST or "\0" in text:
        found.append(f"has no words, or more than {LONGEST} letters")
    if item.kind is not Kind.DISPLAY:
        found += answers_differ(item, part, form)
    return found


def _codes(part: Mapping[str, Any]) -> set[str]:
    codes = part.get("code")
    if not isinstance(codes, list):
        return set()
    return {str(code.get("code")) for code in codes if isinstance(code, dict) and code.get("code")}


def _language(form: Mapping[str, Any]) -> str:
    said = form.get("language") or "en"
    if not isinstance(said, str) or said[:2].lower() not in {"en", "es"}:
        raise BadPack([f"The language {str(said)[:20]} is not known: en or es."])
    return said[:2].lower()


def _source(form: Mapping[str, Any], source: str) -> str:
    parts = [source, *(str(form.get(key) or "") for key in ("publisher", "url", "version"))]
    return ", ".join(part for part in parts if part)


def _name(part: Mapping[str, Any]) -> str:
    return f"item {str(part.get('linkId') or '?')[:40]} of the pack"
