from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "upstander.web.reminders"
    label = "web_reminders"
