"""Template filters of the guide."""

from django import template

from upstander.foundation.kernel.content import Text

register = template.Library()


@register.filter
def said(text: Text, language: str) -> str:
    """A passage in the page's language."""
    return text.in_language(language)
