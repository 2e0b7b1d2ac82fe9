from importlib import import_module

from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "upstander.program.materials"
    label = "materials"

    def ready(self) -> None:
        """Say which facts stand on paper; when one is corrected, copies on which it stands are asked back."""
        uses = import_module("upstander.program.materials.selectors.uses")
        import_module("upstander.program.facts.selectors.uses").register("materials", uses.material_uses)
        recalls = import_module("upstander.program.materials.services._recalls")
        import_module("upstander.program.facts.events").CHANGED.listen(recalls.after_a_fact)
