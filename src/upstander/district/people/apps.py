from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "upstander.district.people"
    label = "people"
