from importlib import import_module

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "upstander.program.guidance"
    label = "guidance"

    def ready(self) -> None:
        """Say where the guide shows facts, and which cards a page can point to."""
        uses = import_module("upstander.program.guidance.selectors.uses")
        import_module("upstander.program.facts.selectors.uses").register("guidance", uses.guide_uses)
        cards = import_module("upstander.program.guidance.selectors.cards")
        import_module("upstander.program.library.blocks").offer_cards(cards.shipped_cards)
