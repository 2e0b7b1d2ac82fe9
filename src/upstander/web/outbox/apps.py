from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "upstander.web.outbox"
    label = "web_outbox"
