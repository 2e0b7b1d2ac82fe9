from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "upstander.web.guide"
    label = "web_guide"
