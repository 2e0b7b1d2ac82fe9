"""The check for missing translations finds what is planted (`run.py check` applies it to the product)."""

from pathlib import Path

import pytest
from django.utils import translation

from upstander.commands import house
from upstander.commands.translations import compile_all, flaws_in, spanish_of

CATALOG = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Call now"
msgstr "Llame ahora"

#, fuzzy
msgid "Call later"
msgstr "Llame después"

msgctxt "noun"
msgid "Call"
msgstr "Llamada"

msgid "%(count)s school"
msgid_plural "%(count)s schools"
msgstr[0] "%(count)s escuela"
msgstr[1] "%(count)s escuelas"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    catalog = tmp_path / "part" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(CATALOG)
    (tmp_path / "part" / "templates" / "part").mkdir(parents=True)
    return tmp_path


def _template(source: Path, text: str) -> list[str]:
    (source / "part" / "templates" / "part" / "page.html").write_text(text)
    return list(flaws_in(source))


@pytest.mark.parametrize(
    "text",
    [
        "<p>{% translate 'Call now' %}</p>",
        "{% translate 'Call' context 'noun' %}",
        "<div>\n      <p>don't {# it's a note #}\n   {% translate \"Call now\" %}\n  </div>",
        "{% blocktranslate count count=n trimmed %}\n  {{ count }} school{% plural %}\n  {{ count }} schools\n"
        "{% endblocktranslate %}",
    ],
)
def test_translated_texts_are_no_flaw(source: Path, text: str) -> None:
    assert _template(source, text) == []


def test_a_text_nobody_translated_is_named_with_its_place(source: Path) -> None:
    found = _template(source, "<p>\n  {% translate 'Call somebody' %}</p>")
    assert found == ["part/templates/part/page.html:2: no Spanish for 'Call somebody'"]


def test_a_fuzzy_translation_counts_as_missing(source: Path) -> None:
    assert len(_template(source, "{% translate 'Call later' %}")) == 1


def test_the_same_word_in_another_context_counts_as_missing(source: Path) -> None:
    assert len(_template(source, "{% translate 'Call' %}")) == 1


def test_a_python_file_is_read_too(source: Path) -> None:
    (source / "part" / "forms.py").write_text("LABEL = gettext_lazy('Name of the room')\nOTHER = _('Call now')\n")
    assert list(flaws_in(source)) == ["part/forms.py:1: no Spanish for 'Name of the room'"]


def test_a_lost_placeholder_is_found(source: Path) -> None:
    catalog = source / "part" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    catalog.write_text(CATALOG.replace("%(count)s escuelas", "muchas escuelas"))
    (source / "part" / "texts.py").write_text("ngettext('%(count)s school', '%(count)s schools', n)\n")
    assert list(flaws_in(source)) == ["part/texts.py:1: other placeholders in the Spanish of '%(count)s school'"]


def test_catalogs_are_compiled_once(source: Path) -> None:
    assert compile_all(source) == 1
    assert compile_all(source) == 0
    assert (source / "part" / "locale" / "es" / "LC_MESSAGES" / "django.mo").exists()


def test_a_text_that_two_catalogs_say_differently_is_named(source: Path) -> None:
    other = source / "other" / "locale" / "es" / "LC_MESSAGES" / "django.po"
    other.parent.mkdir(parents=True)
    other.write_text(CATALOG.replace("Llame ahora", "Llame ya"))
    assert _template(source, "") == ["'Call now' has more than one Spanish: 'Llame ahora', 'Llame ya'"]


def test_readers_read_our_spanish_also_where_a_library_has_other_words_for_the_same_english() -> None:
    with translation.override("es"):
        others = [
            english
            for (context, english), ways in spanish_of(house.SOURCE).items()
            if ways[-1] not in _read(context, english)
        ]

    assert others == []


def _read(context: str, english: str) -> set[str]:
    if context:
        return {translation.pgettext(context, english), translation.npgettext(context, english, english, 2)}
    return {translation.gettext(english), translation.ngettext(english, english, 2)}
