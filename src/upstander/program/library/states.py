"""What a district's words need before readers see them. Derived from rows that are only ever added: there is no switch.

Words about an office are vetted by a site's administrator, beside the coordinator who wrote them. All others are
reviewed in three roles. Whoever wrote them takes none of these steps; the database holds that too.
"""

import enum
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _


class Step(enum.StrEnum):
    """Something that somebody decided about a district's words."""

    LEGAL = "legal"
    SURVIVOR_ADVISOR = "survivor_advisor"
    LANGUAGE = "language"
    VETTED = "vetted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # before readers saw it
    ENDED = "ended"  # after


class TakenBack(enum.StrEnum):
    """Why a review of a page that ships no longer stands. Chosen, so that nobody types what belongs in no record."""

    MISTAKEN = "mistaken"
    NOT_RIGHT = "not_right"
    CAN_HURT = "can_hurt"
    LAW_CHANGED = "law_changed"
    NOT_THEIRS = "not_theirs"


class Stand(enum.StrEnum):
    """Where a district's words stand."""

    WAITS = "waits"
    COMES = "comes"  # everything is there, and its day is still to come
    STANDS = "stands"
    REPLACED = "replaced"
    OUT = "out"


class Aim(enum.StrEnum):
    """What a campaign is for."""

    WHERE_HELP_IS = "where_help_is"
    BE_A_FRIEND = "be_a_friend"
    ONLINE = "online"
    FAIR_WORK = "fair_work"
    TALK_AT_HOME = "talk_at_home"


AIMS = {
    Aim.WHERE_HELP_IS: _("Everyone knows where help is."),
    Aim.BE_A_FRIEND: _("Friends look out for each other."),
    Aim.ONLINE: _("Staying safe online."),
    Aim.FAIR_WORK: _("Fair work and honest offers."),
    Aim.TALK_AT_HOME: _("Families talk about it at home."),
}
REVIEWS = (Step.LEGAL, Step.SURVIVOR_ADVISOR, Step.LANGUAGE)
OUT = frozenset({Step.REFUSED, Step.WITHDRAWN, Step.ENDED})
# The capability that each step asks for.
CAPABILITY = {
    Step.LEGAL: "pages.review_legal",
    Step.SURVIVOR_ADVISOR: "pages.review_lived",
    Step.LANGUAGE: "pages.review_language",
    Step.VETTED: "pages.vet",
}
# Who sits at the explorer: those who write, and those who review in one role each.
EDITOR = "editor"
SEATS = {EDITOR: "pages.edit"} | {step.value: CAPABILITY[step] for step in REVIEWS}
WORDS = {
    Step.LEGAL: _("legal review"),
    Step.SURVIVOR_ADVISOR: _("review by a survivor advisor"),
    Step.LANGUAGE: _("language review"),
    Step.VETTED: _("a site administrator’s word that the office is right"),
    Step.REFUSED: _("refused"),
    Step.WITHDRAWN: _("taken back"),
    Step.ENDED: _("taken out"),
}

WHY_TAKEN_BACK = {
    TakenBack.MISTAKEN: _("Signed by mistake, or read too fast"),
    TakenBack.NOT_RIGHT: _("Something it says is not right, or no longer"),
    TakenBack.CAN_HURT: _("Its words can hurt or be misunderstood"),
    TakenBack.LAW_CHANGED: _("The law or a rule has changed"),
    TakenBack.NOT_THEIRS: _("Somebody else should have reviewed it"),
}


def required(kind: str) -> tuple[Step, ...]:
    """The steps without which words of this kind are never shown."""
    return (Step.VETTED,) if kind == "confirm" else REVIEWS


def missing(kind: str, taken: Collection[str]) -> tuple[Step, ...]:
    """The steps still to take; none for what was refused or taken back."""
    return () if OUT & set(taken) else tuple(step for step in required(kind) if step not in taken)


def stand(kind: str, taken: Collection[str], shows_on: date, on: date) -> Stand:
    """Where words of this kind stand on the day `on`, by the steps taken."""
    if OUT & set(taken):
        return Stand.OUT
    if missing(kind, taken):
        return Stand.WAITS
    return Stand.STANDS if shows_on <= on else Stand.COMES
