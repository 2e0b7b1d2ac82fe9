"""From a file's cells to everything that applying it would change: read anew each time, so that it is always true."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from upstander.district.people.content import words_of_posts
from upstander.district.people.selectors import everyone, leaves_known
from upstander.district.places.models import Site
from upstander.district.places.selectors import sites_for
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.selectors.site_trainings import all_reported, standing_completions
from upstander.program.compliance.selectors.trainings import trainings_asked
from upstander.program.imports.content.asked import OVER, STANDINGS
from upstander.program.imports.content.columns import (
    COMPLETIONS,
    HOURS,
    LEAVES,
    MAY_MEAN_ALL,
    OF_DAYS,
    OF_PEOPLE,
    REQUESTS,
    ROSTER,
    Choice,
)
from upstander.program.imports.content.doors import waiting_in
from upstander.program.imports.content.leaves import Away, leaves
from upstander.program.imports.content.lines import read_lines
from upstander.program.imports.content.matching import NONE, Known, Question, Target, courses, questions, worded
from upstander.program.imports.content.outcomes import Change, Meaning, Preview, Stated, dated, site_trainings
from upstander.program.imports.content.reading import ASKED, STANDING, Line, Reading
from upstander.program.imports.models import Import, Match
from upstander.program.imports.policies import PREPARE
from upstander.program.imports.selectors.days import preview_of_days, whole_district
from upstander.program.imports.selectors.hours import audiences_offered, preview_of_hours
from upstander.program.imports.selectors.imports import cells_of
from upstander.program.imports.selectors.requests import kinds_offered, preview_of_requests
from upstander.program.imports.selectors.roster import preview_of_roster, regions_named

RECORD = "completions.record"
YES = "yes"


@dataclass(frozen=True, slots=True)
class Outlook:
    """One import as it stands: what was read, what it asks, and (once nothing is open) what it would change."""

    choice: Choice
    on: dt.date
    reading: Reading
    named: dict[tuple[str, str], Question]
    courses: dict[str, Question]
    words: dict[tuple[str, str], Question]

    @property
    def questions(self) -> list[Question]:
        """Courses and words first: one that does not count makes its rows' people or sites no question at all. Each
        stands there once, however often and in how many ways the list says it.
        """
        asked = (*self.courses.values(), *self.words.values(), *self.named.values())
        return list({question.once: question for question in asked}.values())

    @property
    def open_count(self) -> int:
        """How many questions nobody has answered."""
        return sum(question.answer is None for question in self.questions)

    @property
    def sure_count(self) -> int:
        """How many are proved by a code alone."""
        return len({question.once for question in self.named.values() if question.sure})

    @property
    def unknown_count(self) -> int:
        """How many numbers or names are like nobody's on record."""
        return len({question.once for question in self.named.values() if not question.candidates})

    @property
    def to_decide(self) -> list[Question]:
        """Those that no code proves: first what is open and offers no single candidate, last what is decided."""
        found = [question for question in self.questions if not question.sure]
        return sorted(found, key=lambda question: (question.answer is not None, bool(question.proposed)))

    def meant_by(self, line: Line) -> str | None:
        """The house's word for what a line says in its own: who is free, what somebody is; None or "" leaves it out."""
        given = [self.words[each].answer for each in line.words.items()]
        return given[0] if given else self.choice.audience

    def asked_by(self, line: Line) -> tuple[str | None, str | None]:
        """Where a request stands and of which kind it is. A list that does not say where they stand is history."""
        given = {said[0]: self.words[said].answer for said in line.words.items() if said in self.words}
        return given.get(STANDING, OVER), given.get(ASKED, self.choice.asked)


def outlook(*, actor: Actor, load: Import, on: dt.date) -> Outlook:
    """Read the file by what was said about it, and ask whom it means. Needs `ledger.prepare`; raises NotFound."""
    choice = Choice.of(load.choice)
    cells = cells_of(actor=actor, load=load)
    reading = read_lines(load.kind, cells, choice, on)
    decided = _decided(Match.Kind.PERSON if load.kind in OF_PEOPLE else Match.Kind.SITE)
    asked = courses(reading.lines, _decided(Match.Kind.COURSE), choice.subject)
    own = _words(load.kind, reading.lines)
    out = {said for said, question in (*asked.items(), *own.items()) if question.answer == NONE}
    counting = [line for line in reading.lines if _is_over(line, own) or not out & {line.course, *line.words.items()}]
    return Outlook(choice, on, reading, questions(counting, _known(actor, load.kind, on), decided), asked, own)


def _words(kind: str, lines: list[Line]) -> dict[tuple[str, str], Question]:
    if kind == REQUESTS:
        return _words_of_requests(lines)
    if kind == ROSTER:
        return worded(lines, Match.Kind.ROLE, words_of_posts(), _decided(Match.Kind.ROLE))
    offered = {key: [text] for key, text in audiences_offered().items()}
    return worded(lines, Match.Kind.AUDIENCE, offered, _decided(Match.Kind.AUDIENCE))


def _is_over(line: Line, own: Mapping[tuple[str, str], Question]) -> bool:
    """Whether it is a request that is over, of which nobody asks the kind."""
    stands = own.get((STANDING, line.words.get(STANDING, "")))
    return stands is not None and stands.answer == OVER


def _words_of_requests(lines: list[Line]) -> dict[tuple[str, str], Question]:
    """Where they stand; then of which kind, which nobody asks of what is over or left out."""
    stand = worded(lines, STANDING, STANDINGS, _decided(Match.Kind.STANDING))
    settled = {said for said, question in stand.items() if question.answer in (OVER, NONE)}
    told = [line for line in lines if STANDING in line.words]
    waiting = [line for line in told if settled.isdisjoint(line.words.items())]
    return stand | worded(waiting, ASKED, kinds_offered(), _decided(Match.Kind.ASKED))


def preview_of(*, actor: Actor, load: Import, seen: Outlook, language: str) -> Preview:
    """What applying would change, line by line. Lines that lead nowhere, on purpose or still, are left out."""
    meaning = _meaning(actor, load, seen)
    lender = lend(actor, RECORD)
    if load.kind == COMPLETIONS:
        return _of_people(lender, seen, meaning, language)
    if load.kind == LEAVES:
        return leaves(seen.reading.lines, meaning, _book_of_leaves(actor))
    if load.kind == HOURS:
        return preview_of_hours(actor, seen.reading.lines, meaning, seen.meant_by, seen.on)
    if load.kind == ROSTER:
        return preview_of_roster(actor, load, seen.reading, meaning, seen.meant_by, seen.choice, seen.on)
    if load.kind in OF_DAYS:
        return preview_of_days(actor, seen.reading.lines, meaning, load.kind)
    if load.kind == REQUESTS:
        return preview_of_requests(actor, seen.reading.lines, meaning, seen.asked_by, seen.on)
    book: dict[tuple[int, int], list[Stated]] = defaultdict(list)
    for row in all_reported(actor=lender, subject=seen.choice.subject):
        book[row.site_id, row.school_year].append(Stated(row.ref, row.held_on, row.head_count))
    return site_trainings(seen.reading.lines, meaning, book)


def waiting_posts(*, actor: Actor, load: Import, seen: Outlook) -> dict[str, Change]:
    """By key, the posts of a list of the staff that open doors and that nobody has said yes to. As `preview_of`."""
    return waiting_in(preview_of(actor=actor, load=load, seen=seen, language="en"))


def _meaning(actor: Actor, load: Import, seen: Outlook) -> Meaning:
    """The id and name of whom a line means."""
    names = {target.ref: target for question in seen.named.values() for target in question.candidates}
    missing = {q.chosen for q in seen.named.values() if q.chosen and q.chosen not in names}
    if missing:  # chosen for an earlier list, and no candidate of this one
        names |= {t.ref: t for t in _known(actor, load.kind, load.loaded_at.date()).targets if t.ref in missing}

    def meaning(line: Line) -> tuple[int, str] | None:
        if line.course and not seen.courses[line.course].answer:
            return None
        question = seen.named.get((line.code, line.name))
        target = names.get(question.answer) if question and question.answer else None
        return (target.id, target.name) if target else None

    return meaning


def _of_people(lender: Actor, seen: Outlook, meaning: Meaning, language: str) -> Preview:
    subject = seen.choice.subject
    people = {found[0] for line in seen.reading.lines if (found := meaning(line))}
    standing = set(standing_completions(actor=lender, subject=subject, person_ids=people))
    training = next(each for each in trainings_asked(actor=lender, language=language) if each.subject == subject)
    return dated(seen.reading.lines, meaning, standing, training.is_asked_on)


def _book_of_leaves(actor: Actor) -> dict[int, list[Away]]:
    book: dict[int, list[Away]] = defaultdict(list)
    for ref, person, first, back in leaves_known(actor=actor):
        book[person].append(Away(ref, first, back))
    return book


def _decided(kind: str) -> dict[str, str]:
    """The newest decision for everything ever said of this kind."""
    return dict(Match.objects.filter(kind=kind).order_by("pk").values_list("said", "chosen"))


def _known(actor: Actor, kind: str, on: dt.date) -> Known:
    if kind in OF_PEOPLE:
        staff = everyone(actor=actor, capability=PREPARE)
        return Known([Target(pk, ref, number, name, "") for pk, ref, number, name in staff], by_person=True)
    sites = sites_for(actor=actor, on=on, capability=PREPARE, active_only=False)
    targets = [Target(site.pk, site.ref, site.code, site.name, _about(site)) for site in sites]
    targets += regions_named(actor, on) if kind == ROSTER else []
    return Known(targets, everywhere=whole_district() if kind in MAY_MEAN_ALL else None)


def _about(site: Site) -> str:
    """What tells two schools of one name apart: street, city, and the directory's word for the kind of school."""
    place = ", ".join(part for part in (site.street, site.city) if part)
    level = site.school_type or site.grades_as_given
    return " · ".join(part for part in (place, level, site.agency_name) if part)
