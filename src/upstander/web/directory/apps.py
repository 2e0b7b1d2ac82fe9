from django.apps import AppConfig


class DirectoryPagesConfig(AppConfig):
    name = "upstander.web.directory"
    label = "web_directory"
