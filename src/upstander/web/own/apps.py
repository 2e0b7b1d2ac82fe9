from django.apps import AppConfig


class OwnConfig(AppConfig):
    name = "upstander.web.own"
    label = "web_own"
