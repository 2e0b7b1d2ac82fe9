from django.apps import AppConfig


class ProofConfig(AppConfig):
    name = "upstander.web.proof"
    label = "web_proof"
