from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "upstander.program.training"
    label = "training"
