"""`{% translate %}`, `{% static %}` and `{% url %}` whose words stand in the template: found once, not on every page.

A page has dozens of them, and looking the same up again is a quarter of what drawing a short one takes.
"""

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.template.defaulttags import url as plain_url
from django.templatetags.i18n import do_translate
from django.templatetags.static import do_static
from django.utils.translation import get_language

register = template.Library()


class Constant(template.Node):
    """A tag that says the same on every page of a language; it is asked once in each."""

    def __init__(self, tag: template.Node, name: str = "") -> None:
        self.nodelist = template.NodeList([tag])  # where whoever walks along a template finds it
        self._tag, self._name = tag, name
        self._said = dict[tuple[str | None, bool], str]()

    def render(self, context: Context) -> str:
        asked = get_language(), context.autoescape
        if asked not in self._said:
            self._said[asked] = self._tag.render(context)
        if not self._name:
            return self._said[asked]
        context[self._name] = self._said[asked]
        return ""


def _is_written(words: FilterExpression) -> bool:
    """Whether it is a text in quotes and nothing else."""
    literal = words.var if isinstance(words.var, str) else getattr(words.var, "literal", None)
    return isinstance(literal, str) and not words.filters


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """Django's own, kept where it translates words of the template."""
    tag = do_translate(parser, token)
    if not all(map(_is_written, filter(None, (tag.filter_expression, tag.message_context)))):
        return tag
    name, tag.asvar = tag.asvar or "", None  # "as name" is ours to keep: the tag just says the words
    return Constant(tag, name)


@register.tag
def static(parser: Parser, token: Token) -> template.Node:
    """Django's own, kept where the file is named."""
    tag = do_static(parser, token)
    return Constant(tag) if tag.varname is None and _is_written(tag.path) else tag


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """Django's own, kept where a page is named that needs no more to be found."""
    tag = plain_url(parser, token)
    is_constant = not (tag.asvar or tag.args or tag.kwargs) and _is_written(tag.view_name)
    return Constant(tag) if is_constant else tag
