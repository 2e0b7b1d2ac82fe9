from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "upstander.district.places"
    label = "places"
