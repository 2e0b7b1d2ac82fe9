from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "upstander.web.plans"
    label = "web_plans"
