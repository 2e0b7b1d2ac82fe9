from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "upstander.web.report"
    label = "web_report"
