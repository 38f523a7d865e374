"""Reading the forms of a page out of its HTML, and filling them as a person would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT = {"text", "search", "tel", "email", "url", "textarea"}
DATED = {"date", "time", "datetime-local", "number", "month", "week"}


@dataclass
class Field:
    """One control: its name, kind, value, and for a select its options."""

    name: str
    kind: str
    value: str = ""
    checked: bool = False
    options: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class Form:
    """A form that posts: where to, its fields, its buttons with a name."""

    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def names(self, kinds: set[str]) -> list[str]:
        """Return the names of the fields of these kinds."""
        return [one.name for one in self.fields if one.kind in kinds]

    def filled(
        self, typed: dict[str, str], *, password: str, button: int = 0
    ) -> list[tuple[str, str]]:
        """Return what a browser posts when somebody has typed this and chosen the rest."""
        sent = [(one.name, _value(one, typed, password)) for one in self.fields
                if one.kind != "radio" and (one.kind != "checkbox" or one.checked)]
        radios: dict[str, str] = {}
        for one in self.fields:
            if one.kind == "radio" and (one.checked or one.name not in radios):
                radios[one.name] = one.value
        pressed = [self.buttons[button % len(self.buttons)]] if self.buttons else []
        return [*sent, *radios.items(), *pressed]


def _value(one: Field, typed: dict[str, str], password: str) -> str:
    if one.name in typed:
        return typed[one.name]
    if one.kind == "password":
        return password
    if one.kind != "select":
        return one.value
    chosen = [value for value, selected in one.options if selected and value]
    return (chosen or [value for value, _ in one.options] or [""])[-1]


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.found = address, []
        self.form: Form | None = None
        self.inside: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            posts = has.get("method", "get").lower() == "post"
            self.form = Form(has.get("action") or self.address) if posts else None
            if self.form:
                self.found.append(self.form)
        if self.form is None or "name" not in has or "disabled" in has:
            if tag == "option" and self.form and self.inside and self.inside.kind == "select":
                self.inside.options.append((has.get("value", "\0"), "selected" in has))
            return
        if tag == "button":
            self.form.buttons.append((has["name"], has.get("value", "")))
        elif tag in {"input", "textarea", "select"}:
            kind = has.get("type", "text").lower() if tag == "input" else tag
            one = Field(has["name"], kind, has.get("value", ""), "checked" in has)
            if kind == "submit":
                self.form.buttons.append((one.name, one.value))
                return
            self.form.fields.append(one)
            self.inside = one if tag != "input" else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside is None:
            return
        if self.inside.kind == "textarea":
            self.inside.value += data
        elif self.inside.options and self.inside.options[-1][0] == "\0":
            self.inside.options[-1] = (data.strip(), self.inside.options[-1][1])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag in {"textarea", "select"}:
            self.inside = None


def forms_in(html: str, address: str) -> list[Form]:
    """Return the posting forms of a page."""
    reader = _Reader(address)
    reader.feed(html)
    return reader.found
