from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "upstander.foundation.notices"
    label = "notices"
