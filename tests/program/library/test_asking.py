"""Reviewers are told by mail that something waits for them: neutrally, once, and one mail a day at most."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_actor
from tests.factories.own import send_in
from tests.moments import AT, TODAY
from upstander.district.accounts.selectors import account_of
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.foundation.notices.models import Notice
from upstander.foundation.notices.services import drawn
from upstander.program.library.content.passages import spots
from upstander.program.library.models import PageReview
from upstander.program.library.selectors.pages import shipped_editions, shipped_pages
from upstander.program.library.services.asking import KIND, ask_reviewers
from upstander.program.library.services.drafts import review_page
from upstander.program.library.services.passages import enter_passage
from upstander.program.library.services.readings import TAKEN_BACK, sign_page, take_back_review
from upstander.program.library.states import REVIEWS, Step, TakenBack

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PAGE = "at_my_school"


def ask(district: District, at: dt.datetime) -> int:
    with in_district(district.pk):
        return ask_reviewers(actor=job("library.ask_reviewers", district.pk, frozenset()), at=at)


def mailed(district: District) -> list[str]:
    with in_district(district.pk):
        return list(Notice.objects.filter(kind=KIND).order_by("id").values_list("recipient", flat=True))


def address(actor: Actor) -> str:
    with in_district(actor.district_id):
        return account_of(actor=actor).email


def write_words(editor: Actor, number: int, at: dt.datetime) -> None:
    spot = [spot for spot in spots(shipped_pages()[PAGE]) if spot.kind == "text"][number]
    said, on = Text("You can talk to us at any time.", "Puedes hablar cuando quieras."), at.date()
    with in_district(editor.district_id):
        enter_passage(actor=editor, page=PAGE, spot=spot, said=said, shows_on=on, on=on, at=at)


def test_a_page_is_told_to_whoever_reads_it_next_and_to_nobody_twice(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    make_actor(district, "site_administrator")
    assert ask(district, AT) == 3  # of the pages that ship
    soon = timezone.now() + DAY  # Wagtail notes by its own clock since when a page waits
    assert ask(district, soon) == 0
    page = send_in(editor)
    assert ask(district, soon) == 1
    assert ask(district, soon) == 0
    assert ask(district, soon + DAY) == 0
    with in_district(district.pk):
        review_page(actor=reviewers[0], key=page.slug, at=AT)
    assert ask(district, soon + DAY) == 1
    assert mailed(district)[3:] == [address(reviewers[0]), address(reviewers[1])]
    with in_district(district.pk):
        assert AuditEvent.objects.filter(event="library.reviewers_asked").count() == 3


def test_words_are_told_to_all_three_once_a_day_at_most_and_again_after_a_week(
    district: District, editor: Actor, reviewers: list[Actor]
) -> None:
    assert ask(district, AT) == 3  # of the pages that ship
    since = AT + DAY
    write_words(editor, 0, since)
    assert ask(district, since) == 3
    write_words(editor, 1, since + HOUR)
    assert ask(district, since + 2 * HOUR) == 0
    assert ask(district, since + DAY) == 3
    assert ask(district, since + 7 * DAY) == 0
    assert ask(district, since + 8 * DAY) == 3


def test_pages_of_a_new_edition_are_told_once_to_whoever_may_review_them(
    district: District, reviewers: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [ask(district, AT + days * DAY) for days in (0, 1, 7, 8)] == [3, 0, 0, 0]
    with in_district(district.pk):
        for reviewer, step in zip(reviewers, REVIEWS, strict=True):
            if step != "legal":
                sign_page(actor=reviewer, page=PAGE, step=step, edition=shipped_editions()[PAGE], on=TODAY, at=AT)
    newer = {**shipped_editions(), PAGE: "a_newer_one_"}
    for module in ("services.asking", "selectors.readings"):
        monkeypatch.setattr(f"upstander.program.library.{module}.shipped_editions", lambda: newer)
    assert [ask(district, AT + days * DAY) for days in (9, 10, 20)] == [3, 0, 0]
    with in_district(district.pk):
        came = AuditEvent.objects.filter(event="library.edition_came").order_by("id")
        assert [row.data["count"] for row in came] == [len(newer), 1]


def test_a_review_that_was_taken_back_is_told_to_whoever_may_take_it_now(
    district: District, reviewers: list[Actor]
) -> None:
    assert ask(district, AT) == 3
    legal, lived, _language = reviewers
    with in_district(district.pk):
        edition: dict[str, Any] = {"page": PAGE, "edition": shipped_editions()[PAGE], "on": TODAY, "at": AT}
        sign_page(actor=legal, step=Step.LEGAL, **edition)
        sign_page(actor=lived, step=Step.SURVIVOR_ADVISOR, **edition)
        assert ask(district, AT + DAY) == 0
        signed = PageReview.objects.get(step="legal")
        end: dict[str, Any] = {"reason": TakenBack.NOT_RIGHT, "on": TODAY, "at": AT + DAY}
        take_back_review(actor=legal, page=PAGE, ref=signed.ref, **end)
        assert [each.recipient for each in Notice.objects.filter(kind=TAKEN_BACK)] == [address(lived)]
    before = len(mailed(district))
    assert ask(district, AT + 2 * DAY) == 1
    assert mailed(district)[before:] == [address(legal)]


def test_the_mail_says_nothing_of_what_waits(district: District) -> None:
    for language, subject in (("en", "Something waits for you to read"), ("es", "Hay algo que espera su lectura")):
        told = drawn(KIND, {}, language, "https://alder.example.org")
        assert told[0] == subject
        assert f"https://alder.example.org/{language}/staff/" in told[1]
    for language, subject in (
        ("en", "A page that you have read is open again"),
        ("es", "Una página que usted leyó está abierta de nuevo"),
    ):
        told = drawn(TAKEN_BACK, {}, language, "https://alder.example.org")
        assert told[0] == subject
        assert told[1].endswith(f"https://alder.example.org/{language}/editor/\n")
