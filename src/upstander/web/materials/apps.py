from django.apps import AppConfig


class MaterialsPagesConfig(AppConfig):
    name = "upstander.web.materials"
    label = "web_materials"
