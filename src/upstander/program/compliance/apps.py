from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "upstander.program.compliance"
    label = "compliance"
