from django.urls import path

from upstander.web.shared.entrances import for_anyone, for_signed_in
from upstander.web.toolkit import campaigns, kits, pictures, views

app_name = "toolkit"
urlpatterns = [
    path("", views.index, name="index"),
    path("campaigns/", for_anyone(campaigns.calendar), name="campaigns"),
    path("campaigns/calendar.ics", campaigns.feed, name="feed"),
    path("campaigns/<slug:key>/", for_anyone(kits.kit), name="kit"),
    path("campaigns/<slug:key>/words.txt", for_anyone(kits.text), name="kit_text"),
    path("campaigns/<slug:key>/sheet.pdf", kits.open_sheet, name="kit_sheet"),
    path("staff/campaigns/", for_signed_in(campaigns.calendar, by_site=False), name="staff_campaigns"),
    path("staff/campaigns/<slug:key>/", for_signed_in(kits.kit, by_site=False), name="staff_kit"),
    path("staff/campaigns/<slug:key>/words.txt", for_signed_in(kits.text, by_site=False), name="staff_kit_text"),
    path("staff/campaigns/<slug:key>/sheet.pdf", for_signed_in(kits.sheet, by_site=False), name="staff_kit_sheet"),
    path("pictures/<slug:scene>/<slug:shape>.png", pictures.picture, name="picture"),
    path("<slug:key>/pdf/", views.pdf, name="pdf"),
    path("<slug:key>/sites/", views.sites, name="sites"),
    path("<slug:key>/sites/<str:site_ref>/pdf/", views.site_pdf, name="site_pdf"),
]
