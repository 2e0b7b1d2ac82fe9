from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "upstander.program.imports"
    label = "imports"
