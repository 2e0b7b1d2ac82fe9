"""Template tags of the coverage pages."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upstander.district.people.content import holders_called
from upstander.program.compliance.selectors.coverage import Coverage, Line
from upstander.program.compliance.selectors.due_board import DueCounts, Tally
from upstander.program.compliance.selectors.roles import RoleLine, role_lines
from upstander.web.coverage.words import person_state, role_called, state

register = template.Library()
ANY_REF = "0" * 12
# What is the same in every row is filled in once; the slots in double braces are then left for each school.
ROW = (
    '<tr><th scope="row"><a href="{}{{}}{}">{{}}</a></th><td data-label="{}">{{}}</td>'
    '<td class="number" data-label="{}">{{}}</td><td class="number" data-label="{}">{{}}</td>'
    '<td class="number" data-label="{}">{{}}</td><td data-label="{}">{{}}</td></tr>\n'
)


@register.filter
def role_words(roles: list[str]) -> str:
    """Roles in a row, as people name them."""
    return ", ".join(map(holders_called, roles))


@register.simple_tag
def school_state(line: Line) -> SafeString:
    """What a school counts as, drawn like `{% status %}`."""
    word, tone = state(line)
    return format_html('<span class="status {}">{}</span>', tone, word)


@register.simple_tag
def school_rows(lines: list[Line], query: str) -> SafeString:
    """The rows of the board's table, in one go: drawn cell by cell they took half of the page's time."""
    before, _ref, after = reverse("coverage:school", args=[ANY_REF]).partition(ANY_REF)
    names = (_("Region"), _("Staff trained"), _("Staff in post"), _("Share"), _("Counts as"))
    row = format_html(ROW, before, after + query, *names)
    states = {(line.is_trained, bool(line.staff)): school_state(line) for line in lines}
    return format_html_join(
        "",
        row,
        (
            (
                line.ref,
                line.name,
                line.region or "–",
                localize(line.trained_staff),
                localize(line.staff),
                f"{line.percent}%" if line.staff else "–",
                states[line.is_trained, bool(line.staff)],
            )
            for line in lines
        ),
    )


NUMBERS = '<td class="number" data-label="{}">{{}}</td>' * 5 + "</tr>\n"
SITE_ROW = '<tr><th scope="row"><a href="{}{{}}{}">{{}}</a></th><td data-label="{}">{{}}</td>' + NUMBERS
ROLE_ROW = '<tr><th scope="row">{{}}</th>' + NUMBERS


@register.simple_tag
def person_status(state: str) -> SafeString:
    """How a person stands, drawn like `{% status %}`."""
    word, tone = person_state(state)
    return format_html('<span class="status {}">{}</span>', tone, word)


@register.simple_tag
def due_rows(lines: list[Tally], query: str) -> SafeString:
    """The rows of the board of due days, in one go."""
    before, _ref, after = reverse("coverage:due_site", args=[ANY_REF]).partition(ANY_REF)
    row = format_html(SITE_ROW, before, after + query, _("Region"), *_number_names())
    told = zip(lines, _numbers(lines), strict=True)
    return format_html_join("", row, ((line.ref, line.name, line.region or "–", *cells) for line, cells in told))


@register.simple_tag
def role_rows(counts: DueCounts) -> SafeString:
    """The same by role: those who hold it, as people call them; a role of which there are parts in front of these."""
    row, lines = format_html(ROLE_ROW, *_number_names()), list(role_lines(counts.roles, counts.wholes))
    told = zip(lines, _numbers([each.line for each in lines]), strict=True)
    return format_html_join("", row, ((role_called(each), *cells) for each, cells in told))


@register.filter
def by_role(counts: Coverage) -> list[RoleLine[Line]]:
    """The lines by role as they are shown."""
    return list(role_lines(counts.roles, counts.wholes))


@register.filter
def twice(counts: Coverage | DueCounts) -> int:
    """How many people are counted in two parts of one role, so that the parts add up to more than the whole."""
    lines: Iterable[RoleLine[Any]] = role_lines(counts.roles, counts.wholes)
    return sum(each.twice for each in lines)


register.filter("role_line_name", role_called)


def _number_names() -> tuple[str, ...]:
    return _("Done"), _("Share"), _("Due within a week"), _("Overdue"), _("On leave")


def _numbers(lines: Iterable[Tally]) -> Iterator[tuple[str, ...]]:
    say, done, nobody = cache(localize), _("%(done)s of %(staff)s"), _("No staff recorded")  # small numbers come again
    for line in lines:
        yield (
            done % {"done": say(line.done), "staff": say(line.staff)} if line.staff else nobody,
            f"{line.percent}%" if line.staff else "–",
            say(line.soon),
            say(line.overdue),
            say(line.away),
        )
