from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "upstander.program.materials"
    label = "materials"
