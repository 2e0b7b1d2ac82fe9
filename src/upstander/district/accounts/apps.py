from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "upstander.district.accounts"
    label = "accounts"
