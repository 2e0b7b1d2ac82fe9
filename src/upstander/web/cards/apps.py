from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "upstander.web.cards"
    label = "web_cards"
