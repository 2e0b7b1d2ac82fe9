"""Phrases find whole words and stems, bridge one sentence, and leave quotations and dated claims alone."""

import pytest

from upstander.engines.wording import Rule, hits


def rule(phrase: str, **more: object) -> Rule:
    return Rule("x", {"en": (phrase,), "es": ()}, {}, {}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("pimp*", "A PIMP said so", "PIMP"),
        ("johns", "Johnson said so", None),
        ("johns", "two Johns", "Johns"),
        ("at risk girl*", "an at-risk  girls' club", "at-risk  girls"),
        ("average age ... ent*", "The average age of those who enter", "average age of those who enter"),
        ("average age ... ent*", "An average age. Then others enter", None),
        ("his", "this is history", None),
        ("100,000", "about 100,000 of", "100,000"),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, found: str | None) -> None:
    said = [hit.words for hit in hits(text, "en", [rule(phrase)])]
    assert said == ([] if found is None else [found])


def test_a_rule_speaks_only_for_its_languages() -> None:
    assert list(hits("pimp", "es", [rule("pimp")])) == []


def test_a_claim_with_its_fact_and_a_quotation_are_let_through() -> None:
    dated, quoted = rule("one in three", dated=True), rule("slave*", quoted_in=frozenset({"packs"}))
    assert list(hits("one in three", "en", [dated], has_fact=True)) == []
    assert len(list(hits("one in three", "en", [dated]))) == 1
    assert list(hits("slavery", "en", [quoted], kind="packs")) == []
    assert len(list(hits("slavery", "en", [quoted], kind="pages"))) == 1
