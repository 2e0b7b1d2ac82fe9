from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "upstander.web.imports"
    label = "web_imports"
