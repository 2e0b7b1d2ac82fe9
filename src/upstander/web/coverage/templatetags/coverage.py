"""Template tags of the coverage pages."""

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upstander.program.compliance.selectors.coverage import Line
from upstander.program.compliance.selectors.due_board import Tally
from upstander.web.coverage.words import person_state, role_word, state

register = template.Library()
ANY_REF = "0" * 12
# What is the same in every row is filled in once; the slots in double braces are then left for each school.
ROW = (
    '<tr><th scope="row"><a href="{}{{}}{}">{{}}</a></th><td data-label="{}">{{}}</td>'
    '<td class="number" data-label="{}">{{}}</td><td class="number" data-label="{}">{{}}</td>'
    '<td class="number" data-label="{}">{{}}</td><td data-label="{}">{{}}</td></tr>\n'
)


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


DUE_ROW = (
    '<tr><th scope="row">{{}}</th><td data-label="{}">{{}}</td><td class="number" data-label="{}">{{}}</td>'
    '<td class="number" data-label="{}">{{}}</td><td class="number" data-label="{}">{{}}</td>'
    '<td class="number" data-label="{}">{{}}</td><td class="number" data-label="{}">{{}}</td></tr>\n'
)


@register.simple_tag
def person_status(state: str) -> SafeString:
    """How a person stands, drawn like `{% status %}`."""
    word, tone = person_state(state)
    return format_html('<span class="status {}">{}</span>', tone, word)


@register.simple_tag
def role_name(role: str) -> str:
    """Those who hold a role, as people call them."""
    return role_word(role)


@register.simple_tag
def due_rows(lines: list[Tally], query: str, has_links: bool) -> SafeString:
    """The rows of the board of due days, in one go."""
    before, _ref, after = reverse("coverage:due_site", args=[ANY_REF]).partition(ANY_REF)
    names = (_("Region"), _("Done"), _("Share"), _("Due within a week"), _("Overdue"), _("On leave"))
    row = format_html(DUE_ROW, *names)
    link = format_html('<a href="{}{{}}{}">{{}}</a>', before, after + query)
    return format_html_join("", row, (_due_cells(line, link if has_links else "") for line in lines))


def _due_cells(line: Tally, link: str) -> tuple[str, ...]:
    done = _("%(done)s of %(staff)s") % {"done": localize(line.done), "staff": localize(line.staff)}
    return (
        format_html(link, line.ref, line.name) if link else line.name,
        line.region or "–",
        done if line.staff else _("No staff recorded"),
        f"{line.percent}%" if line.staff else "–",
        localize(line.soon),
        localize(line.overdue),
        localize(line.away),
    )
