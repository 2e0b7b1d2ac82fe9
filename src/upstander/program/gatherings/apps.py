from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "upstander.program.gatherings"
    label = "gatherings"
