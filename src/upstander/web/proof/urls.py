from django.urls import path

from upstander.web.proof import views

app_name = "proof"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>/", views.verify_code, name="verify_code"),
    path("certificates/", views.own, name="own"),
    path("certificates/<str:ref>/", views.download, name="download"),
    path("certificate/<str:token>/", views.by_link, name="by_link"),
]
