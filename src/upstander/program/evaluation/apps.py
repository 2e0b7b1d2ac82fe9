from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "upstander.program.evaluation"
    label = "evaluation"
