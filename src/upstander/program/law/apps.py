from importlib import import_module

from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "upstander.program.law"
    label = "law"

    def ready(self) -> None:
        """Say which facts are law here; when one is corrected, copies of the call screen are written again."""
        uses = import_module("upstander.program.law.selectors.uses")
        import_module("upstander.program.facts.selectors.uses").register("law", uses.law_uses)
        copies = import_module("upstander.program.law.services._copies")
        import_module("upstander.program.facts.events").CHANGED.listen(copies.after_a_fact)
