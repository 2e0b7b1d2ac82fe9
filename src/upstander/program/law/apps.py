from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "upstander.program.law"
    label = "law"
