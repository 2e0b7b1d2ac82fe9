"""Template tags of the coverage pages."""

from collections.abc import Iterable, Iterator
from functools import cache

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upstander.district.people.content import holders_called
from upstander.program.compliance.selectors.coverage import Line
from upstander.program.compliance.selectors.due_board import Tally
from upstander.web.coverage.words import person_state, state

register = template.Library()
ANY_REF = "0" * 12
# What is the same in every row is filled in once; the slots in double braces are then left for each school.
ROW = (
    '<tr><th scope="row"><a href="{}{{}}{}">{{}}</a></th><td data-label="{}">{{}}</td>'
    '<td class="number" data-label="{}">{{}}</td><td class="number" data-label="{}">{{}}</td>'
    '<td class="number" data-label="{}">{{}}</td><td data-label="{}">{{}}</td></tr>\n'
)


register.filter("role_name", holders_called)


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
def role_rows(lines: list[Tally]) -> SafeString:
    """The same by role: those who hold it, as people call them."""
    row = format_html(ROLE_ROW, *_number_names())
    told = zip(lines, _numbers(lines), strict=True)
    return format_html_join("", row, ((holders_called(line.ref), *cells) for line, cells in told))


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
