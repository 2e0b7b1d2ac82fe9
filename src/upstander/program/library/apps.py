from importlib import import_module

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "upstander.program.library"
    label = "library"

    def ready(self) -> None:
        """Say where its pages show facts; when one reads otherwise in a district, its prints are made again."""
        uses = import_module("upstander.program.library.selectors.uses")
        import_module("upstander.program.facts.selectors.uses").register("library", uses.page_uses)
        prints = import_module("upstander.program.library.services._prints")
        import_module("upstander.program.law.events").CHANGED.listen(prints.make_prints_again)
