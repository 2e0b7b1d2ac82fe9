from django.apps import AppConfig


class LocalConfig(AppConfig):
    name = "upstander.web.local"
    label = "web_local"
