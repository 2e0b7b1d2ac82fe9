from django.urls import path

from upstander.web.toolkit import campaigns, kits, pictures, views

app_name = "toolkit"
urlpatterns = [
    path("", views.index, name="index"),
    path("campaigns/", campaigns.calendar, name="campaigns"),
    path("campaigns/calendar.ics", campaigns.feed, name="feed"),
    path("campaigns/<slug:key>/", kits.kit, name="kit"),
    path("campaigns/<slug:key>/words.txt", kits.text, name="kit_text"),
    path("campaigns/<slug:key>/sheet.pdf", kits.sheet, name="kit_sheet"),
    path("pictures/<slug:scene>/<slug:shape>.png", pictures.picture, name="picture"),
    path("<slug:key>/pdf/", views.pdf, name="pdf"),
    path("<slug:key>/sites/", views.sites, name="sites"),
    path("<slug:key>/sites/<str:site_ref>/pdf/", views.site_pdf, name="site_pdf"),
]
