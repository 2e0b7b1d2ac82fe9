"""What forms are drawn with inside: controls, their attributes and what they offer. Only form templates load it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
SELECTED = SafeString(" selected")
WIDGET_CLASSES = {
    "select": "usa-select",
    "selectmultiple": "usa-select",
    "textarea": "usa-textarea",
    "checkbox": "usa-checkbox__input",
    "radioselect": "usa-radio__input",
    "checkboxselectmultiple": "usa-checkbox__input",
    "fewfirst": "usa-checkbox__input",
}


@register.simple_tag
def options(groups: Iterable[tuple[object, Iterable[Mapping[str, Any]], object]]) -> SafeString:
    """What a list offers, in one go; what belongs together stands under its name."""
    drawn = ((name, _options(offered)) for name, offered, _index in groups)
    parts = (format_html('<optgroup label="{}">{}</optgroup>', name, lines) if name else lines for name, lines in drawn)
    return format_html_join("", "{}", ((part,) for part in parts))


def _options(offered: Iterable[Mapping[str, Any]]) -> SafeString:
    told = ((option["value"], SELECTED if option["selected"] else "", option["label"]) for option in offered)
    return format_html_join("", '<option value="{}"{}>{}</option>', told)


CHOICE = '<div class="{0}"><input type="{1}" name="{2}"{3}{4}><label class="{0}__label" for="{5}">{6}</label></div>\n'
VALUE = ' value="{}"'


@register.simple_tag
def choices(offered: Iterable[Mapping[str, Any]], kind: str) -> SafeString:
    """Boxes or buttons to choose by, in one go; a template for each costs more than all else on a long form."""
    return format_html_join("", CHOICE, (_choice(option, kind) for option in offered))


def _choice(option: Mapping[str, Any], kind: str) -> tuple[Any, ...]:
    value = "" if option["value"] is None else format_html(VALUE, str(option["value"]))
    told = attributes(option["attrs"])
    return kind, option["type"], option["name"], value, told, option["attrs"].get("id", ""), option["label"]


@register.simple_tag
def attributes(told: Mapping[str, Any]) -> SafeString:
    """A control's attributes in one go; Django's own template looks at each of them three times."""
    kept = {name: value for name, value in told.items() if value is not False}
    drawn = [f" {escape(name)}" + ("" if value is True else f'="{escape(value)}"') for name, value in kept.items()]
    return SafeString("".join(drawn))


@register.filter
def first_control(bound: BoundField) -> str:
    """The id of the control where the reader should land; of a group, its first option."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else str(bound.id_for_label)


@register.filter
def control(bound: BoundField) -> SafeString:
    """The field's control with the design system's classes and, when refused, `aria-invalid`."""
    classes = WIDGET_CLASSES.get(bound.widget_type, "usa-input")
    if bound.errors and classes == "usa-input":
        classes += " usa-input--error"
    return bound.as_widget(attrs={"class": classes})
