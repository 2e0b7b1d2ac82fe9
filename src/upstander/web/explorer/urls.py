"""Wagtail's screens, each behind our door. What is not named here is not there: nobody has to close what a later
version of Wagtail brings."""

from collections.abc import Callable, Iterable, Iterator

from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from wagtail.admin.urls import urlpatterns as screens

from upstander.web.explorer.door import closed, home, one_by_one, opened
from upstander.web.shared.access import View

OURS = {"wagtailadmin_home": home, "wagtailimages:add_multiple": one_by_one}
OPEN = frozenset(
    {
        "wagtailadmin_explore_root",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_dismissibles",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:add_subpage",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:history_results",
        "wagtailadmin_pages:workflow_history",
        "wagtailadmin_pages:workflow_history_detail",
        "wagtailadmin_pages:workflow_action",
        "wagtailadmin_pages:collect_workflow_action_data",
        "wagtailadmin_pages:confirm_workflow_cancellation",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_compare",
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtailimages:add",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:chosen",
        "wagtailimages_chooser:create",
    }
)


def behind_our_door(
    patterns: Iterable[URLPattern | URLResolver], space: str = ""
) -> Iterator[URLPattern | URLResolver]:
    """The same routes under the same names, open or closed one by one. Those without a name are left out."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            pattern.url_patterns[:] = behind_our_door(pattern.url_patterns, inner)
            yield pattern
        elif pattern.name:
            pattern.callback = _ours(space + pattern.name, pattern.callback)
            yield pattern


def _ours(name: str, screen: View) -> Callable[..., HttpResponseBase]:
    return OURS.get(name) or (opened(screen) if name in OPEN else closed(screen))


urlpatterns = list(behind_our_door(screens))
