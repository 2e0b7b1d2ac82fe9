from django.urls import path

from upstander.web.learn import views
from upstander.web.shared.entrances import for_anyone, for_code, for_signed_in

app_name = "learn"
urlpatterns = [
    path("", for_anyone(views.index), name="index"),
    path("staff/", for_signed_in(views.index, by_site=False), name="staff_index"),
    path("staff/<slug:page>/", for_signed_in(views.page, by_site=False), name="staff_page"),
    path("door/<str:code>/", for_code(views.index), name="door_index"),
    path("door/<str:code>/<slug:page>/", for_code(views.page), name="door_page"),
    path("drafts/<slug:page>/", views.draft, name="draft"),
    path("image/<str:name>/", views.picture, name="picture"),
    path("<slug:page>/", for_anyone(views.page), name="page"),
]
