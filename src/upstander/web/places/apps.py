from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "upstander.web.places"
    label = "web_places"
