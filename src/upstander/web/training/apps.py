from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "upstander.web.training"
    label = "web_training"
