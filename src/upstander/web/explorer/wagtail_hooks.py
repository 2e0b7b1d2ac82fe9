"""What Wagtail's screens show of the house, and what of theirs they leave out."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

OURS = frozenset({"images", "our-pages", "upstander"})


@hooks.register("construct_admin_api")
def name_without_files(router: Any) -> None:
    """Every screen asks for this name. Documents are not installed, and what answers to the name is closed."""
    router.register_endpoint("documents", ImagesAdminAPIViewSet)


@hooks.register("register_admin_menu_item")
def our_pages() -> MenuItem:
    """The district's shelf."""
    return MenuItem(_("Pages of our own"), reverse("wagtailadmin_explore_root"), name="our-pages", icon_name="doc-full")


@hooks.register("register_admin_menu_item")
def back_to_the_house() -> MenuItem:
    """The way back, to the words on pages that ship."""
    return MenuItem(
        _("Back to Upstander"), reverse("editor:index"), name="upstander", icon_name="arrow-left", order=900
    )


@hooks.register("construct_main_menu")
def only_ours(request: HttpRequest, menu_items: list[Any]) -> None:
    """Nothing leads to a screen that is closed."""
    menu_items[:] = [item for item in menu_items if item.name in OURS]


@hooks.register("insert_global_admin_css")
def in_our_colors() -> str:
    """The house's colors, and no button that leads to a closed screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("explorer/explorer.css"))


@hooks.register("register_page_header_buttons")
def as_readers_see_it(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The newest version in the house's own look; Wagtail serves nothing."""
    if page.depth > 2:
        yield Button(_("As readers see it"), reverse("learn:draft", args=[page.slug]), icon_name="view", priority=5)
