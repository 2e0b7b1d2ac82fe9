"""What a template says in the same words on every page is found once: the same as Django's own tags say, each time."""

from collections.abc import Iterator

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError, engines
from django.urls import NoReverseMatch
from django.utils import translation

PLAIN = Engine(builtins=["django.templatetags.i18n", "django.templatetags.static"])
SAYINGS = [
    '{% translate "Skip to the main content" %}',
    '{% translate "Language" as word %}<b>{{ word }}</b>{{ word|length }}',
    '{% translate "Language" as word %}{% translate "Yes" as word %}{{ word }}',
    '{% translate "It’s <b> & 100 %" %}',
    '{% autoescape off %}{% translate "It’s <b> & 100 %" %}{% endautoescape %}',
    '{% translate "place" context "a word with a context" %}',
    "{% translate told %}{% translate told|upper %}",
    '{% translate "Language"|upper %}',
    '{% static "own/mark.svg" %}{% static file %}{% static "own/mark.svg" as address %}[{{ address }}]',
    "{% url 'public:home' %}{% url page %}{% url 'learn:page' 'whom_to_call' %}{% url 'no:page' as none %}[{{ none }}]",
]
TOLD = {"told": "Language", "file": "own/page.js", "page": "public:home"}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def drawn(template: Template, **told: str) -> str:
    return template.render(Context(TOLD | told))


def compiled(source: str) -> Template:
    return Template(source, engine=engines["django"].engine)  # type: ignore[attr-defined]


@pytest.mark.parametrize("source", SAYINGS)
def test_it_says_what_djangos_own_tags_say_in_every_language_every_time(source: str) -> None:
    ours, plain = compiled(source), PLAIN.from_string(source)
    for language in ("en", "es", "en", "es"):
        with translation.override(language):
            assert drawn(ours) == drawn(plain)


def test_what_a_page_brings_along_is_said_anew() -> None:
    ours = compiled("{% translate told %} {% static file %} {% url page %}")
    assert drawn(ours) == "Language /static/own/page.js /en/"
    assert drawn(ours, told="Yes", file="own/mark.svg", page="learn:index") == "Yes /static/own/mark.svg /en/learn/"


def test_a_word_is_drawn_for_the_place_where_it_stands() -> None:
    row = '{% translate "A & B" %}'
    ours = compiled("{% autoescape off %}" + row + "{% endautoescape %} " + row)
    assert [drawn(ours), drawn(ours)] == ["A & B A & B"] * 2


def test_a_page_that_does_not_exist_is_an_error_each_time() -> None:
    ours = compiled("{% url 'no:page' %}")
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            drawn(ours)


def test_a_tag_without_words_is_refused_as_ever() -> None:
    with pytest.raises(TemplateSyntaxError):
        compiled("{% translate %}")
