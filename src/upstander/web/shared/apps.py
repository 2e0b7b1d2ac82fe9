from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "upstander.web.shared"
    label = "web_shared"
