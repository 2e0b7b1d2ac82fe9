from django.apps import AppConfig


class CadreConfig(AppConfig):
    name = "upstander.web.cadre"
    label = "web_cadre"
