from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class LibraryConfig(AppConfig):
    name = "upstander.program.library"
    label = "library"

    def ready(self) -> None:
        """Say where its pages show facts; when one reads otherwise in a district, its prints are made again.

        And have the audit told of what Wagtail does to a district's own pages.
        """
        uses = import_module("upstander.program.library.selectors.uses")
        register = import_module("upstander.program.facts.selectors.uses").register
        register("library", uses.page_uses)
        register("prints", uses.print_uses, on_paper=True)
        register("sheets", uses.sheet_uses, on_paper=True)
        prints = import_module("upstander.program.library.services._prints")
        for part in ("law", "library"):
            import_module(f"upstander.program.{part}.events").CHANGED.listen(prints.make_prints_again)
        post_save.connect(_note, sender=import_module("wagtail.models").PageLogEntry, dispatch_uid="library.page_step")


def _note(instance: Any, created: bool, **_more: Any) -> None:
    """Wagtail writes a line of its own for each step; ours stands beside it in the same transaction."""
    if created:
        services = import_module("upstander.program.library.services.own")
        services.note_step(account=instance.user, page_id=instance.page_id, step=instance.action, at=instance.timestamp)
