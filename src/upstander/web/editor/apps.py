from django.apps import AppConfig


class EditorConfig(AppConfig):
    name = "upstander.web.editor"
    label = "web_editor"
