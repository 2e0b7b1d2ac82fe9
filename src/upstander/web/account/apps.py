from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "upstander.web.account"
    label = "web_account"
