from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "upstander.web.staff"
    label = "web_staff"
