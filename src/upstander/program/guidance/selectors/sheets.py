"""The sheet of a site: all its numbers and people on one page. What is missing stays visible as a blank."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from upstander.district.people.selectors import site_administrators
from upstander.district.places.models import Site
from upstander.district.places.selectors import site_by_ref
from upstander.foundation.kernel.actor import Actor
from upstander.program.facts.content import Shown
from upstander.program.guidance.content.calls import CallScreen
from upstander.program.guidance.selectors.guide import call_screen_for, words
from upstander.program.law.selectors.local import Helper, helpers_for, steps_at
from upstander.program.law.selectors.registry import policy_on

CAPABILITY = "guide.open_door"
POSTS = ("coordinator", "region_lead")
Words = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """A number or a person on the sheet. An empty `value` is a blank, and `lack` says what fills it.

    "number" is a number to be entered, "steps" that the site names who acts there, and "" that nothing has to.
    """

    label: str
    value: str
    note: str = ""
    is_number: bool = False
    lack: str = "number"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one site in one language on one day."""

    site_ref: str
    site_name: str
    language: str
    on: date
    danger: tuple[Row, ...]
    report: tuple[Row, ...]
    people: tuple[Row, ...]
    more: tuple[Row, ...]
    excluded: tuple[str, ...]
    text: Words

    @property
    def lacks_station(self) -> bool:
        """Whether nobody has entered a police or sheriff's station with its number for the site."""
        return not self.report[-1].value

    @property
    def lacks_steps(self) -> bool:
        """Whether people without a number stand in, as long as the site has not named who acts there."""
        return any(row.lack == "steps" and not row.value for row in self.people)

    @property
    def missing(self) -> tuple[Row, ...]:
        """The rows whose number is still to be entered."""
        rows = (*self.danger, *self.report, *self.people, *self.more)
        return tuple(row for row in rows if not row.value and row.lack == "number")


def sheet_for(*, actor: Actor, site_ref: str, language: str, on: date) -> Sheet:
    """The sheet of a site in reach of the actor's `guide.open_door`; NotFound for any other.

    The stations are of city or county (the database knows no other), and who may take no report is said as such.
    """
    site = site_by_ref(actor=actor, ref=site_ref, on=on, capability=CAPABILITY)
    text = words(actor=actor, page="sheet", language=language, on=on)
    screen = call_screen_for(actor=actor, language=language, on=on, site_ref=site.ref)
    return Sheet(
        site_ref=site.ref,
        site_name=site.name,
        language=language,
        on=on,
        danger=tuple(_lines(screen.emergency)),
        report=(*(tuple(_lines(screen.reporting)) or (Row(str(text["child_welfare"]), ""),)), _station(screen, text)),
        people=tuple(_people(actor, site, on, text, language)),
        more=tuple(_more(actor, on, text, language)),
        excluded=tuple(fact.text for fact in screen.excluded if not fact.is_withheld),
        text=text,
    )


def _lines(facts: Iterable[Shown]) -> Iterator[Row]:
    return (Row(fact.label, fact.value, fact.hours, is_number=True) for fact in facts)


def _station(screen: CallScreen, text: Words) -> Row:
    station = screen.site.station if screen.site else None
    return Row(station.name if station else str(text["station"]), station.phone if station else "", is_number=True)


def _people(actor: Actor, site: Site, on: date, text: Words, language: str) -> Iterator[Row]:
    """Who acts at the site, then the coordinator and the region's lead, each with the number that was entered."""
    yield from _steps(actor, site, text, language) or _in_charge(actor, site, on, str(text["site_lead"]))
    helpers = {helper.post: helper for helper in helpers_for(actor=actor, site=site, on=on)}
    for post in POSTS:
        helper = helpers.get(post)
        names = ", ".join(helper.names) if helper else ""
        yield Row(names or str(text[post]), _phone(helper), str(text[post]) if names else "", is_number=True)


def _steps(actor: Actor, site: Site, text: Words, language: str) -> list[Row]:
    """Whom the site has named. Only the first of them needs a number of their own."""
    lines = steps_at(actor=actor, site=site)
    notes = [", ".join(filter(None, (str(text["steps"]), line.deputy))) for line in lines]
    return [
        Row(line.name.in_language(language), line.phone, note, is_number=True, lack="")
        for line, note in zip(lines, notes, strict=True)
    ]


def _in_charge(actor: Actor, site: Site, on: date, role: str) -> list[Row]:
    """Who answers for the site while it has named nobody, one row a person; a vacant post is a row without a name."""
    people = site_administrators(actor=actor, site=site, on=on)
    rows = [Row(person.full_name, site.phone, role, is_number=True, lack="steps") for person in people]
    return rows or [Row(role, "", is_number=True, lack="steps")]


def _phone(helper: Helper | None) -> str:
    return helper.line.phone if helper and helper.line else ""


def _more(actor: Actor, on: date, text: Words, language: str) -> Iterator[Row]:
    """The district's own policy, once it is entered."""
    policy = policy_on(actor=actor, on=on)
    if policy:
        yield Row(str(text["policy"]), policy.number, (language == "es" and policy.name_es) or policy.name)
