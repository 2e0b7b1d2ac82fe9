"""Names that would lead strangers to a school or a student."""

import pytest

from upstander.program.library.content.recognized import like_names, schools_in

SCHOOLS = ("Alder High", "Roosevelt Middle School", "Hope Academy")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Come to alder high on the day.", ["Alder High"]),
        ("Meet us at Roosevelt.", ["Roosevelt Middle School"]),
        ("We hope that you come.", []),
        ("The alder in the yard is green.", []),
    ],
)
def test_a_school_is_found_by_its_name_and_by_its_own_part(words: str, found: list[str]) -> None:
    assert list(schools_in(words, SCHOOLS)) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Today our friend Maria Lopez tells it.", ["Maria Lopez"]),
        ("Hoy lo cuenta José Núñez.", ["José Núñez"]),
        ("Say it. Kind words help. ¿Quién viene? Ask in Spanish.", []),
        ("Come to Kind Words Week with us.", []),
    ],
)
def test_two_words_with_capitals_inside_a_sentence_read_like_a_name(words: str, found: list[str]) -> None:
    assert list(like_names(words, ["Kind Words Week"])) == found
