from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "upstander.program.facts"
    label = "facts"
