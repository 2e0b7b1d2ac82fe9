from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "upstander.district.access"
    label = "access"
