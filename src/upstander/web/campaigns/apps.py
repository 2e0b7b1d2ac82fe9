from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "upstander.web.campaigns"
    label = "web_campaigns"
