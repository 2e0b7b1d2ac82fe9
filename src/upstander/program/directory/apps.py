from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "upstander.program.directory"
    label = "directory"
