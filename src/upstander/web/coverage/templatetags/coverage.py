"""Template tags of the coverage pages."""

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from upstander.program.compliance.selectors.coverage import Line
from upstander.web.coverage.words import state

register = template.Library()
ANY_REF = "0" * 12
ROW = (
    '<tr><th scope="row"><a href="{}{}{}">{}</a></th><td data-label="{}">{}</td>'
    '<td class="number" data-label="{}">{}</td><td class="number" data-label="{}">{}</td>'
    '<td class="number" data-label="{}">{}</td><td data-label="{}">{}</td></tr>\n'
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
    region, trained, staff, share, counts = (
        _("Region"),
        _("Staff trained"),
        _("Staff in post"),
        _("Share"),
        _("Counts as"),
    )
    return format_html_join(
        "",
        ROW,
        (
            (
                *(before, line.ref, after + query, line.name),
                *(region, line.region or "–"),
                *(trained, localize(line.trained_staff)),
                *(staff, localize(line.staff)),
                *(share, f"{line.percent}%" if line.staff else "–"),
                *(counts, school_state(line)),
            )
            for line in lines
        ),
    )
