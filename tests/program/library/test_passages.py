"""Where a district's words stand: in their place, beside a rewritten passage, or where a dropped one stood."""

from dataclasses import replace
from datetime import date

import pytest

from upstander.foundation.kernel.content import Text
from upstander.program.library import states
from upstander.program.library.content.pages import Audience, Block, Page
from upstander.program.library.content.passages import NOTHING, Own, laid, place, spots
from upstander.program.library.states import Stand, Step

TITLE = Text("T", "T")
FIRST, SECOND, OFFICE = Text("Talk to someone.", "Habla."), Text("You can wait.", "Espera."), Text("Where?", "¿Dónde?")
OURS = Text("Talk to us.", "Habla con nosotras.")
BLOCKS = (
    Block("text", (FIRST,)),
    Block("lines", key="emergency"),
    Block("list", (SECOND, FIRST)),
    Block("confirm", (OFFICE,)),
)
PAGE = Page("p", "article", Audience.STUDENTS, True, 1, {}, TITLE, TITLE, TITLE, BLOCKS)


def own(ref: str, spot: int, said: Text = OURS) -> Own:
    at = spots(PAGE)[spot]
    return Own(ref, at.kind, at.block, at.item, at.words, said)


def said(page: Page) -> list[list[str]]:
    return [[text.en for text in block.words] for block in page.blocks]


def test_only_plain_words_can_be_said_otherwise() -> None:
    assert [(spot.kind, spot.block, spot.item) for spot in spots(PAGE)] == [
        ("text", 0, 0), ("list", 2, 0), ("list", 2, 1), ("confirm", 3, 0)
    ]  # fmt: skip


def test_words_stand_in_their_place_and_nothing_else_changes() -> None:
    assert said(laid(PAGE, [own("a", 2)])) == [["Talk to someone."], [], ["You can wait.", "Talk to us."], ["Where?"]]
    assert laid(PAGE, []) == PAGE


def test_an_office_that_was_named_is_shown_as_text() -> None:
    assert laid(PAGE, [own("a", 3)]).blocks[3] == Block("text", (OURS,))


def test_of_two_for_one_passage_the_later_one_stands() -> None:
    later = own("b", 0, Text("Later.", "Después."))
    assert said(laid(PAGE, [own("a", 0), later]))[0] == ["Later."]
    assert [each.own.ref for each in place(PAGE, [own("a", 0), later])] == ["b"]


def test_words_follow_their_passage_when_a_new_edition_moves_it() -> None:
    moved = replace(PAGE, blocks=(Block("heading", (TITLE,)), *BLOCKS))
    assert said(laid(moved, [own("a", 0)]))[1] == ["Talk to us."]
    assert [each.is_stale for each in place(moved, [own("a", 0)])] == [False]


def test_words_stay_and_the_difference_is_told_when_a_new_edition_rewrites_their_passage() -> None:
    rewritten = replace(PAGE, blocks=(Block("text", (Text("Talk to someone soon.", "Habla pronto."),)), *BLOCKS[1:]))
    assert said(laid(rewritten, [own("a", 0)]))[0] == ["Talk to us."]
    assert [(each.is_stale, each.spot is not None) for each in place(rewritten, [own("a", 0)])] == [(True, True)]


def test_words_stay_where_they_stood_when_a_new_edition_drops_their_passage() -> None:
    dropped = replace(PAGE, blocks=BLOCKS[1:])
    assert said(laid(dropped, [own("a", 0)])) == [["Talk to us."], *said(dropped)]
    emptied = replace(PAGE, blocks=())
    assert said(laid(emptied, [own("a", 0), own("b", 3, SECOND)])) == [["Talk to us."], ["You can wait."]]


def test_words_kept_where_a_new_edition_dropped_their_passage_are_no_longer_asked_about() -> None:
    dropped, kept = replace(PAGE, blocks=BLOCKS[1:]), replace(own("a", 0), was=NOTHING)
    assert [(each.spot, each.is_stale) for each in place(dropped, [own("a", 0)])] == [(None, True)]
    assert [(each.spot, each.is_stale) for each in place(dropped, [kept])] == [(None, False)]
    assert said(laid(dropped, [kept])) == [["Talk to us."], *said(dropped)]


@pytest.mark.parametrize(
    ("kind", "taken", "shows_on", "found"),
    [
        ("text", "", 1, Stand.WAITS),
        ("text", "legal language", 1, Stand.WAITS),
        ("text", "legal language vetted", 1, Stand.WAITS),
        ("text", "legal language survivor_advisor", 1, Stand.STANDS),
        ("text", "legal language survivor_advisor", 3, Stand.COMES),
        ("text", "legal language survivor_advisor withdrawn", 1, Stand.OUT),
        ("text", "refused", 3, Stand.OUT),
        ("confirm", "legal language survivor_advisor", 1, Stand.WAITS),
        ("confirm", "vetted", 2, Stand.STANDS),
    ],
)
def test_words_are_shown_only_with_every_step_and_from_their_day(
    kind: str, taken: str, shows_on: int, found: Stand
) -> None:
    assert states.stand(kind, taken.split(), date(2026, 11, shows_on), date(2026, 11, 2)) == found


def test_what_is_out_misses_nothing() -> None:
    assert states.missing("text", [Step.REFUSED]) == ()
    assert states.missing("text", [Step.LEGAL]) == (Step.SURVIVOR_ADVISOR, Step.LANGUAGE)
