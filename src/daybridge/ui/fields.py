"""What a form field needs to be shown: kind, ids, attributes, errors."""

from typing import Any

from django.forms import BaseForm, BoundField, widgets
from django.forms.boundfield import BoundWidget

_GROUPS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def parts(
    bound: BoundField, *, help_text: str = "", style: str = "", suffix: str = ""
) -> dict[str, Any]:
    """Return everything ui/_field.html shows."""
    widget = bound.field.widget
    group = isinstance(widget, _GROUPS)
    check = isinstance(widget, widgets.CheckboxInput)
    help_text = help_text or str(bound.help_text)
    attrs = _attributes(bound, has_help=bool(help_text), check=check or group)
    return {
        "bound": bound,
        "kind": _kind(bound, group=group, check=check),
        "control": "" if group else bound.as_widget(attrs=attrs),
        "options": _options(bound, attrs) if group else [],
        "described": attrs.get("aria-describedby", ""),
        "help": help_text,
        "errors": list(bound.errors),
        "style": style,
        "suffix": suffix,
        "optional": not bound.field.required and not check,
    }


def all_errors(form: BaseForm) -> list[dict[str, str]]:
    """Return every error with the id of its field ("" for the whole form)."""
    found = [{"id": "", "label": "", "text": str(e)} for e in form.non_field_errors()]
    for bound in form:
        where = {"id": bound.id_for_label or bound.auto_id, "label": str(bound.label)}
        found += [where | {"text": str(error)} for error in bound.errors]
    return found


def _kind(bound: BoundField, *, group: bool, check: bool) -> str:
    if bound.is_hidden:
        return "hidden"
    if group:
        return "group"
    return "check" if check else "line"


def _attributes(bound: BoundField, *, has_help: bool, check: bool) -> dict[str, str | bool]:
    own = str(bound.field.widget.attrs.get("class", ""))
    select = isinstance(bound.field.widget, widgets.Select) and not check
    css = "form-check-input" if check else "form-select" if select else "form-control"
    attrs: dict[str, str | bool] = {"class": f"{css} {own}".strip()}
    ids = [f"{bound.auto_id}_error"] if bound.errors else []
    ids += [f"{bound.auto_id}_help"] if has_help else []
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def _options(bound: BoundField, attrs: dict[str, str | bool]) -> list[BoundWidget]:
    """Return the choices of a group; the group itself carries help and error."""
    shared = {"id": bound.auto_id, "class": attrs["class"]}
    drawn = bound.field.widget.subwidgets(bound.html_name, bound.value(), attrs=shared)
    renderer = bound.form.renderer
    return [BoundWidget(bound.field.widget, one, renderer) for one in drawn]
