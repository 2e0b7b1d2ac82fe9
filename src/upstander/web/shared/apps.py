from importlib import import_module

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "upstander.web.shared"
    label = "web_shared"

    def ready(self) -> None:
        """Pages that are kept hear of it when a fact on them is corrected, or a district's own page changes."""
        kept = import_module("upstander.web.shared.kept")
        for part in ("facts", "library"):
            import_module(f"upstander.program.{part}.events").CHANGED.listen(kept.forget_when_committed)
