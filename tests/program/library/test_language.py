"""The linter: nothing is found in what ships; what is planted is found; levels keep their limits."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from upstander.commands.__main__ import main
from upstander.commands.content import list_levels
from upstander.foundation.kernel.content import Text
from upstander.program.facts.content.language import findings, lint, read_rules
from upstander.program.facts.selectors import shipped_entries
from upstander.program.library.content.levels import LIMITS, levels
from upstander.program.library.content.pages import Audience
from upstander.program.library.selectors.pages import shipped_pages

CONTENT: Path = settings.CONTENT
RULES = read_rules(CONTENT)
# What must never be published, one line a rule: fact file's figures, labels, old names.
PLANTED = {
    "child_as_seller": "A teen prostitute came in.",
    "names_of_exploiters": "The pimp waited.",
    "blame_for_telling": "The child confessed.",
    "missing_as_offense": "The youth absconded.",
    "slang_for_recruiters": "They call it the bottom girl.",
    "images_of_abuse": "It is child pornography.",
    "rescue_and_chains": "We rescue victims of modern-day slavery.",
    "character_of_the_child": "A promiscuous student.",
    "gender_of_the_harmed": "Ask the child what she needs.",
    "age_of_entry": "The average age at which victims enter is thirteen.",
    "age_group_as_claim": "Most are 12 to 14.",
    "hundreds_of_thousands": "There are 300,000 victims.",
    "within_two_days": "One in three who run are found.",
    "big_games": "It rises at the Super Bowl.",
    "billions": "It is the fastest-growing crime.",
    "undated_share": "One in five is hurt.",
    "undated_study": "Studies show that it helps.",
    "hotline_is_no_count": "Our state ranks first for trafficking.",
    "old_names_of_lines": "Call the National Human Trafficking Resource Center.",
    "faces_of_students": "Send us your selfie.",
    "names_of_students": "Our student of the month tells it.",
    "tags_of_places": "Tag our school.",
}


def test_every_rule_finds_what_is_planted() -> None:
    assert PLANTED.keys() == {rule.key for rule in RULES}
    for rule in RULES:
        found = list(findings(Text(PLANTED[rule.key], "Nada."), [rule], kind=next(iter(rule.only_in), "")))
        assert [each.language for each in found] == ["en"], rule.key
        assert found[0].better.en
        assert found[0].better.es


def test_a_share_beside_its_fact_may_stand() -> None:
    assert list(findings(Text("One in five: {numbers.x}.", "Una de cada cinco: {numbers.x}."), RULES)) == []


def test_what_is_missing_in_a_file_is_named_with_its_place(tmp_path: Path) -> None:
    for name in ("language", "schemas"):
        (tmp_path / name).symlink_to(CONTENT / name)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "one: {en: Well}\ntwo: {en: Well, es: ''}\n"
        "three:\n  picture: {name: x}\nfour:\n  picture: {alt: {en: A, es: B}}\n"
    )
    assert [str(fault) for fault in lint(tmp_path)] == [
        "a.yaml:1: one: says nothing in es",
        "a.yaml:2: two: says nothing in es",
        "a.yaml:4: three.picture: a picture has no words for those who do not see it (alt)",
    ]


@pytest.mark.parametrize("audience", Audience)
def test_every_audience_has_its_limits(audience: Audience) -> None:
    hard = Text("Institutional accountability necessitates documentation.", "La responsabilidad institucional obliga.")
    easy = Text("You can say no.", "Puedes decir que no.")
    assert [level.is_kept for level in levels([hard], audience)] == [False, False]
    assert [level.is_kept for level in levels([easy], audience)] == [True, True]
    assert LIMITS[Audience.STUDENTS] == (6, 65)


def test_nothing_is_found_in_what_ships(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["content", "check"]) == 0
    assert capsys.readouterr().out == f"{len(shipped_pages())} pages read; nothing found.\n"


def test_every_page_is_listed_with_its_levels(capsys: pytest.CaptureFixture[str]) -> None:
    list_levels(shipped_pages(), shipped_entries(), as_json=True)
    rows = json.loads(capsys.readouterr().out)
    assert {(key, language) for key, language, *_ in rows} == {
        (k, tongue) for k in shipped_pages() for tongue in ("en", "es")
    }
