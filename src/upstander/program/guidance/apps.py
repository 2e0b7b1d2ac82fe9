from importlib import import_module

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "upstander.program.guidance"
    label = "guidance"

    def ready(self) -> None:
        """Say where the guide shows facts."""
        uses = import_module("upstander.program.guidance.selectors.uses")
        import_module("upstander.program.facts.selectors.uses").register("guidance", uses.guide_uses)
