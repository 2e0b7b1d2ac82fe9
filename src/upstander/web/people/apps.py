from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "upstander.web.people"
    label = "web_people"
