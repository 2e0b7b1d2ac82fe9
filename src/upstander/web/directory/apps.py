from importlib import import_module

from django.apps import AppConfig

from upstander.foundation.kernel.content import Text


class DirectoryPagesConfig(AppConfig):
    name = "upstander.web.directory"
    label = "web_directory"

    def ready(self) -> None:
        """Say which facts its open screen shows."""
        uses, views = map(
            import_module, ("upstander.program.facts.selectors.uses", "upstander.web.directory.views.finding")
        )
        title = Text("Help close by", "Ayuda cerca")
        facts = (views.EMERGENCY, *views.LISTENERS)
        uses.register("web_directory", uses.shown_on("directory:find", title, facts))
