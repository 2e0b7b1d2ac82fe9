from importlib import import_module

from django.apps import AppConfig

from upstander.foundation.kernel.content import Text


class PublicConfig(AppConfig):
    name = "upstander.web.public"
    label = "web_public"

    def ready(self) -> None:
        """Say which facts its open screen shows."""
        uses = import_module("upstander.program.facts.selectors.uses")
        views = import_module("upstander.web.public.views")
        title = Text("Someone who listens", "Alguien que escucha")
        facts = (views.EMERGENCY, *views.LISTENERS)
        uses.register("web_public", uses.shown_on("public:help", title, facts))
