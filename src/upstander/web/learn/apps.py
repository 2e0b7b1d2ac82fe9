from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "upstander.web.learn"
    label = "web_learn"
