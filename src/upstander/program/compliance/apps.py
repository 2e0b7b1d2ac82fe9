from importlib import import_module

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "upstander.program.compliance"
    label = "compliance"

    def ready(self) -> None:
        """Follow what changes below: posts, leaves, sites and school years move obligations."""
        refresh = import_module("upstander.program.compliance.services.obligations").refresh
        for part in ("people", "places"):
            import_module(f"upstander.district.{part}.events").CHANGED.listen(refresh)
