from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "upstander.program.library"
    label = "library"
