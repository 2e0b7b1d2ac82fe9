from django.urls import path

from upstander.web.campaigns import counting, writing

app_name = "campaigns"
urlpatterns = [
    path("", counting.index, name="index"),
    path("new/", writing.write, name="new"),
    path("version/<str:ref>/", writing.decide, name="decide"),
    path("version/<str:of>/again/", writing.write, name="again"),
    path("<slug:key>/<int:year>/", counting.sites, name="sites"),
    path("<slug:key>/<int:year>/<str:ref>/", counting.count, name="count"),
]
