from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "upstander.foundation.audit"
    label = "audit"
