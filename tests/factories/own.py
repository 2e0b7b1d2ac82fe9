"""Pages wholly a district's own, and the people who write and review them."""

from typing import Any

from tests.factories import make_actor, make_granted
from tests.moments import AT, TODAY
from upstander.district.access.selectors import actor_for
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.library.models import OwnPage
from upstander.program.library.services.drafts import review_page, send_in_page
from upstander.program.library.services.own import take_seats

ROLES = ("legal_reviewer", "survivor_advisor", "language_reviewer")  # in the order in which they read
DATA: dict[str, Any] = {
    "title": "Who can help at our schools",
    "title_es": "Quién puede ayudar en la escuela",
    "tab": "school",
    "kind": "article",
    "audience": "families",
    "summary_en": "Our schools are here for you. You can ask us.",
    "summary_es": "La escuela está aquí para usted. Puede preguntar.",
}


def text(en: str, es: str) -> dict[str, Any]:
    """A block of text as Wagtail keeps it."""
    return {"type": "text", "value": {"en": en, "es": es}}


BODY = [
    text("You can come to us at any time. We will listen.", "Puede venir en todo momento. Le vamos a escuchar."),
    {"type": "fact", "value": "ca.records.parent_access"},
]


def make_reviewer(district: District, *roles: str) -> Actor:
    """Somebody who reviews in roles given by hand, and sits at the explorer."""
    account = make_granted(district, *roles)
    with in_district(district.pk):
        actor = actor_for(account, district.pk, TODAY)
        take_seats(actor=actor, at=AT)
    return actor


def make_editor(district: District) -> Actor:
    """A coordinator who sits at the explorer."""
    actor = make_actor(district)
    with in_district(district.pk):
        take_seats(actor=actor, at=AT)
    return actor


def send_in(editor: Actor, **more: Any) -> OwnPage:
    """A page that waits for its first review."""
    with in_district(editor.district_id):
        return send_in_page(actor=editor, data={"body": BODY, **DATA, **more}, at=AT)


def publish(editor: Actor, reviewers: list[Actor], **more: Any) -> OwnPage:
    """A page that three have approved."""
    page = send_in(editor, **more)
    with in_district(editor.district_id):
        for reviewer in reviewers:
            review_page(actor=reviewer, key=page.slug, at=AT)
        page.refresh_from_db()
        return page
