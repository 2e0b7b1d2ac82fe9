from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    name = "upstander.web.toolkit"
    label = "web_toolkit"
