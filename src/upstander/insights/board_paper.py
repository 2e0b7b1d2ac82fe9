"""The board report in words: the same parts on the page and on paper, each number with the list it came from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.engines.suppression import FEWEST
from upstander.foundation.documents.engine import Drawn, draw
from upstander.foundation.kernel.actor import Actor
from upstander.insights.board_report import BoardReport, Campaigns, DuePart

TEMPLATE = Path(__file__).parent / "documents" / "board.typ"


@dataclass(frozen=True, slots=True)
class Item:
    """One number with its sentence; `source` is the list it came from, with its `training` where it has one.

    `part` of `whole` is drawn as a bar where more is better; elsewhere a bar would say the wrong thing.
    """

    number: str
    says: str
    source: str
    training: str = ""
    part: int | None = None
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What is told under one heading."""

    title: str
    items: list[Item]


def parts_of(report: BoardReport) -> list[Part]:
    """The report's parts in the active language."""
    found = [_schools(report)] if report.asked else []
    found += [
        Part(asked.title, [_trained(line.trained_count, line.school_count, asked.subject)])
        for asked, line in report.also
    ]
    found += [Part(part.asked.title, _due(part)) for part in report.due]
    found += [_families(report)] if report.asked and report.year else []
    return [*found, *([_campaigns(report.campaigns)] if report.campaigns else [])]


def board_pdf(
    *, actor: Actor, report: BoardReport, district_name: str, address_of: Callable[[Item], str], language: str
) -> Drawn:
    """Draw a report that was counted for this `actor`; `address_of` says where an item's list stands."""
    with translation.override(language):
        said = {
            "district": district_name,
            "language": language[:2],
            "title": _("Report to the board"),
            "lead": _("Prevention of the sexual exploitation of children: where the training of our staff stands on")
            + f" {date_format(report.on, 'DATE_FORMAT')}.",
            "parts": [
                {
                    "title": part.title,
                    "items": [
                        {
                            "number": item.number,
                            "says": item.says,
                            "address": address_of(item),
                            "share": item.part / item.whole if item.part is not None and item.whole else None,
                        }
                        for item in part.items
                    ],
                }
                for part in parts_of(report)
            ],
            "from": _("Counted from:"),
            "limits": limits(),
        }
    return draw(TEMPLATE, said, at=report.known_at)


def limits() -> str:
    """What the report leaves out, and why."""
    return _(
        "Where fewer than %(fewest)s people stand behind a number, it is not told. The report holds no number of "
        "cases and nothing about any child."
    ) % {"fewest": FEWEST}


def _schools(report: BoardReport) -> Part:
    assert report.asked
    total = len(report.schools)
    goal = _("The goal: at every secondary school at least %(percent)s%% of the staff in post have completed it.")
    items = [
        Item("", goal % {"percent": report.asked.threshold_percent}, "requirement"),
        _trained(report.trained_count, total),
        Item(
            str(len(report.zero)),
            ngettext(
                "school at which nobody is trained yet", "schools at which nobody is trained yet", len(report.zero)
            ),
            "schools",
        ),
    ]
    return Part(report.asked.title, items)


def _trained(part: int, total: int, training: str = "") -> Item:
    number = _of(part, total)
    says = ngettext("secondary school is trained", "secondary schools are trained", total)
    return Item(number, says, "schools", training, part, total)


def _due(part: DuePart) -> list[Item]:
    done, subject = part.done, part.asked.subject
    if done.whole is None:
        items = [Item("", _("Too few people are asked for a number to be told."), "due", subject)]
    elif done.part is None:
        number = _("of %(total)s") % {"total": localize(done.whole)}
        says = _("people who are asked: nearly all are done, or hardly any, so the number is not told")
        items = [Item(number, says, "due", subject)]
    else:
        number = _of(done.part, done.whole)
        items = [Item(number, _("people are done"), "due", subject, done.part, done.whole)]
    if part.overdue is not None:
        items.append(Item(localize(part.overdue), _("people are past their last day"), "due", subject))
    elif done.left is not None:
        items.append(Item(localize(done.left), _("people still have to do it"), "due", subject))
    empty = ngettext("site at which nobody is done", "sites at which nobody is done", part.empty_count)
    items.append(Item(_of(part.empty_count, part.site_count), empty, "due", subject))
    return items


def _of(part: int, total: int) -> str:
    return _("%(part)s of %(total)s") % {"part": localize(part), "total": localize(total)}


def _families(report: BoardReport) -> Part:
    total = len(report.schools)
    return Part(
        _("Families and students, school year %(year)s") % {"year": report.year},
        [
            Item(
                _of(report.evening_schools, total),
                _("secondary schools held an evening for families"),
                "phases",
                part=report.evening_schools,
                whole=total,
            ),
            Item(
                _of(report.presentation_schools, total),
                _("secondary schools delivered the student phase"),
                "phases",
                part=report.presentation_schools,
                whole=total,
            ),
        ],
    )


def _campaigns(counted: Campaigns) -> Part:
    joined, total = counted.joined_count, counted.school_count
    symposiums = ngettext("symposium was held", "symposiums were held", counted.symposium_count)
    return Part(
        _("Campaigns of this school year"),
        [
            Item(_of(joined, total), _("schools signed up for a campaign"), "campaigns", part=joined, whole=total),
            Item(str(counted.symposium_count), symposiums, "symposiums"),
        ],
    )
