"""Sessions, evenings, symposiums and the directory offer the languages of one list."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.utils import translation

from upstander.foundation.kernel.languages import offered_languages, shipped_languages
from upstander.program.directory.selectors.finding import Around
from upstander.program.gatherings.content.choices import are_tongues
from upstander.program.training.selectors.choices import languages
from upstander.web.directory.forms.editing import EntryForm
from upstander.web.directory.forms.finding import FindForm
from upstander.web.gatherings.forms import ArrangementForm, SymposiumForm, WantedForm


def codes(choices: Iterable[tuple[str, Any]]) -> list[str]:
    flat = [each for key, name in choices for each in (name if isinstance(name, list) else [(key, name)])]
    return [code for code, _name in flat if code]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_form_offers_all_of_the_list_and_nobody_interprets_into_the_common_tongue(language: str) -> None:
    known = set(shipped_languages().names)

    def offered(form: Any, field: str) -> set[str]:
        return set(codes(form.fields[field].choices))

    with translation.override(language):
        assert offered(EntryForm(organizations=[], places=[]), "languages") == known
        assert offered(FindForm(around=Around((), ())), "l") == known
        assert set(codes(languages())) == known
        assert offered(ArrangementForm(), "interpreters") == known - {"en"}
        assert offered(SymposiumForm(), "interpreters") == known - {"en"}
        assert offered(WantedForm(), "language") == known - {"en"}
        further = [name for _code, name in offered_languages() if isinstance(name, list)]
        assert dict(further[0])["zh"] == {"en": "Chinese (not said which)", "es": "Chino (sin decir cuál)"}[language]


def test_an_interpreter_speaks_a_language_of_the_list_and_another_one_than_english() -> None:
    assert [are_tongues(each) for each in (["es", "hy"], [], ["en"], ["xx"])] == [True, True, False, False]
