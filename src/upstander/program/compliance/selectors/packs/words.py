"""An auditor pack's files as text: tables for spreadsheets, and the question in words. Drawn in an active language."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.engines import spreadsheets
from upstander.program.compliance.models import Requirement
from upstander.program.compliance.selectors.coverage import Line
from upstander.program.compliance.selectors.packs.recipes import has_roles
from upstander.program.compliance.selectors.packs.rows import Counted, Question
from upstander.program.compliance.selectors.requirements import RULES

Facts = list[tuple[str, str]]
RULE_COLUMNS = (
    "subject",
    "title_en",
    "title_es",
    "starts_on",
    "ends_on",
    "recorded_at",
    "superseded_at",
    "reason",
    "recorded_by",
    *RULES,
    "threshold_percent",
    "validity_months",
    "source_en",
    "source_es",
    "source_link",
    "fact_key",
    "owner_en",
    "owner_es",
)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A file for spreadsheets; no cell of it can begin a formula."""
    return spreadsheets.table(head, ([_cell(cell) for cell in row] for row in rows)).encode()


def people_table(trainings: Sequence[Counted]) -> bytes:
    """One line a person and training."""
    head = ["training", "person", "sites", "state", "due_on", "completed_on", "counts_through", "completion"]
    return table(
        [*head, "evidence_kind", "evidence_ref"],
        (
            [
                training.asked.subject,
                each.ref,
                each.sites,
                each.state,
                each.due_on,
                each.completed_on,
                each.counts_through,
                each.completion,
                each.evidence_kind,
                each.evidence_ref,
            ]
            for training in trainings
            for each in training.people
        ),
    )


def evidence_table(trainings: Sequence[Counted]) -> bytes:
    """One line a session or list, and how many people it counts for."""
    found: Counter[tuple[str, ...]] = Counter()
    for training in trainings:
        for each in training.people:
            if each.completion and each.completed_on:
                day = each.completed_on.isoformat()
                found[training.asked.subject, day, each.evidence_kind or "", each.evidence_ref or ""] += 1
    head = ["training", "completed_on", "evidence_kind", "evidence_ref", "people"]
    return table(head, ([*key, found[key]] for key in sorted(found)))


def sites_table(trainings: Sequence[Counted]) -> bytes:
    """One line a site and training. A person with posts at two sites is one at each."""
    head = ["training", "site", "staff", "done", "overdue", "on_leave", "counts_as_trained"]
    rows: list[list[object]] = []
    for training in trainings:
        for line in training.sites:
            if isinstance(line, Line):
                counts: list[object] = [line.staff, line.trained_staff, "", "", "yes" if line.is_trained else "no"]
            else:
                counts = [line.staff, line.done, line.overdue, line.away, ""]
            rows.append([training.asked.subject, line.ref, *counts])
    return table(head, rows)


def roles_table(trainings: Sequence[Counted]) -> bytes:
    """One line a role and training. A person with two roles is one in each."""
    head = ["training", "role", "staff", "done", "overdue", "on_leave"]
    rows: list[list[object]] = []
    for training in trainings:
        for line in training.roles:
            if isinstance(line, Line):
                counts: list[object] = [line.trained_staff, "", ""]
            else:
                counts = [line.done, line.overdue, line.away]
            rows.append([training.asked.subject, line.ref, line.staff, *counts])
    return table(head, rows)


def rules_table(rows: Sequence[Requirement], known_at: dt.datetime) -> bytes:
    """Every version of every requirement. That one was replaced later than the moment asked about is not said."""

    def cell(row: Requirement, name: str) -> object:
        value = getattr(row, name)
        return None if name == "superseded_at" and value and value > known_at else value

    return table(RULE_COLUMNS, ([cell(row, name) for name in RULE_COLUMNS] for row in rows))


def question_facts(of: Question, district: str, zone: str) -> Facts:
    """The question, part by part: who, for which day, with what knowledge."""
    there = of.known_at.astimezone(ZoneInfo(zone))
    moment = f"{date_format(there, 'DATE_FORMAT')}, {there:%H:%M:%S.%f} {zone} ({of.known_at.isoformat()})"
    return [
        (_("District"), district),
        (_("Day asked about"), date_format(of.on, "DATE_FORMAT")),
        (_("As known at"), moment),
    ]


def counts_in_words(training: Counted) -> list[str]:
    """What was counted of one training, a sentence each."""
    whole, asked = training.whole, training.asked
    if isinstance(whole, Line):
        said = {"trained": whole.trained_count, "percent": asked.threshold_percent}
        sentence = ngettext(
            "%(trained)s of %(total)s secondary school counts as trained: at least %(percent)s%% of its staff in post "
            "hold a completion that counts on that day.",
            "%(trained)s of %(total)s secondary schools count as trained: at least %(percent)s%% of their staff in "
            "post hold a completion that counts on that day.",
            whole.school_count,
        )
        people = len(training.people)
        done = sum(each.state == "done" for each in training.people)
        return [
            sentence % {**said, "total": whole.school_count},
            _("%(done)s of %(staff)s people at these schools hold one. Who works at two of them is one person.")
            % {"done": done, "staff": people},
        ]
    return [
        _("%(done)s of %(staff)s people are done. Overdue: %(overdue)s. On leave and not counted: %(away)s.")
        % {"done": whole.done, "staff": whole.staff, "overdue": whole.overdue, "away": whole.away},
        _("At %(empty)s of %(total)s sites nobody is done.") % {"empty": whole.empty_count, "total": whole.site_count},
    ]


def definitions(recipe: int) -> Facts:
    """What the words in the files of this recipe mean."""
    told = [
        ("done", _("A completion counts on the day: of an accepted kind, recorded by the moment, not taken back.")),
        ("open", _("Nothing is due by a day of its own, and no completion counts.")),
        ("due", _("No completion yet, and the last day in time has not passed.")),
        ("grace", _("Newly hired in this cycle, and still in time.")),
        ("overdue", _("The last day in time has passed.")),
        ("excused", _("On leave on the day. Not counted among the staff.")),
        (
            "person, site, completion",
            _("Lasting marks in place of names, which can change. Names are in another list."),
        ),
        (
            "evidence_ref",
            _("The session, or the list from elsewhere, on which a completion rests."),
        ),
        (
            _("Without a date"),
            _("The grades of a school and the first days of school years are taken as they are on record today."),
        ),
    ]
    return [*told, *_of_roles()] if has_roles(recipe) else told


def _of_roles() -> Facts:
    return [
        (
            "role",
            _(
                "The kind of post. Who holds two kinds is counted in both. Bus drivers, cafeteria and kitchen staff,"
                " and front office are parts of classified staff with lines of their own; the line of classified staff"
                " is the rest of it."
            ),
        ),
    ]


def query_text(of: Question, facts: Facts, trainings: Sequence[Counted]) -> bytes:
    """The question in words, what each word means, and what was counted."""
    lines = [_("Auditor pack: who had to complete what, and who had"), ""]
    lines += [f"{name}: {value}" for name, value in facts]
    lines += ["", _("What was counted"), ""]
    for training in trainings:
        asked = training.asked
        lines += [f"{asked.title} ({asked.subject})", *(f"  {said}" for said in counts_in_words(training))]
        lines += [f"  {_('Source')}: {asked.source}. {_('Answers for it')}: {asked.owner}.", ""]
    lines += [] if trainings else [_("Nothing was asked of anybody on this day."), ""]
    lines += [_("What the words mean"), ""]
    lines += [f"{name}: {meaning}" for name, meaning in definitions(of.recipe)]
    return ("\n".join(lines) + "\n").encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(map(str, value)) if isinstance(value, list) else value
