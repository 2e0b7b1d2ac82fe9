from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "upstander.program.guidance"
    label = "guidance"
