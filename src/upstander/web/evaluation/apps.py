from django.apps import AppConfig


class WebEvaluationConfig(AppConfig):
    name = "upstander.web.evaluation"
    label = "web_evaluation"
