from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "upstander.web.gatherings"
    label = "web_gatherings"
