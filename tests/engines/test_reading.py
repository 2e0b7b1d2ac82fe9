"""How hard a text is: the formulas by hand, syllables by a table, and the order of easy and hard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.engines.reading import ease_es, grade_en, longest_sentence, sentences

# word -> syllables as people say them
ENGLISH = {"go": 1, "make": 1, "makes": 1, "asked": 1, "wanted": 2, "people": 2, "phone": 1, "secret": 2, "family": 3,
           "somebody": 4, "report": 2, "yes": 1, "you": 1, "money": 2}  # fmt: skip
SPANISH = {"yo": 1, "que": 1, "casa": 2, "amistad": 3, "tía": 2, "miedo": 2, "ciudad": 2, "leer": 2, "oído": 3,
           "teléfono": 4, "escuela": 3, "aéreo": 4, "país": 2}  # fmt: skip


@pytest.mark.parametrize(("word", "syllables"), ENGLISH.items())
def test_english_syllables(word: str, syllables: int) -> None:
    grade = grade_en([word])
    assert grade == pytest.approx(0.39 + 11.8 * syllables - 15.59)


@pytest.mark.parametrize(("word", "syllables"), SPANISH.items())
def test_spanish_syllables(word: str, syllables: int) -> None:
    ease = ease_es([word])
    assert ease == pytest.approx(206.835 - 62.3 * syllables - 1)


def test_a_text_by_hand() -> None:
    # 2 sentences, 9 words, 13 syllables
    assert grade_en(["You can say no.", "Tell somebody you trust today."]) == pytest.approx(
        0.39 * 9 / 2 + 11.8 * 13 / 9 - 15.59
    )
    # 2 sentences, 7 words, 11 syllables
    assert ease_es(["Puedes decir que no. Habla con alguien."]) == pytest.approx(206.835 - 62.3 * 11 / 7 - 7 / 2)


def test_long_words_in_long_sentences_are_harder_in_both_languages() -> None:
    easy, hard = grade_en(["Stop. Go home."]), grade_en(["Institutional accountability necessitates documentation."])
    assert easy is not None
    assert hard is not None
    assert easy < 1 < 20 < hard
    light, heavy = ease_es(["Ven. Ya voy."]), ease_es(["La responsabilidad institucional necesita documentación."])
    assert light is not None
    assert heavy is not None
    assert heavy < 20 < 100 < light


def test_sentences_end_at_a_stop_also_inside_quotation_marks() -> None:
    assert sentences("“No.” That is enough! ¿Y tú? ») ... fine") == ["“No", "That is enough", "¿Y tú", "fine"]
    assert longest_sentence(["One. Two words.", "Now three words. No."]) == "Now three words"


def test_without_words_there_is_no_level() -> None:
    assert grade_en(["", " ... 911"]) is None
    assert ease_es([]) is None
    assert longest_sentence([]) == ""


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_has_a_level_or_none(passages: list[str]) -> None:
    assert (grade_en(passages) is None) == (ease_es(passages) is None)
