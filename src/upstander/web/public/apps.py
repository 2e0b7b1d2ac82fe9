from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "upstander.web.public"
    label = "web_public"
