from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "upstander.web.facts"
    label = "web_facts"
