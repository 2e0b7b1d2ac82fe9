from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "upstander.web.coverage"
    label = "web_coverage"
