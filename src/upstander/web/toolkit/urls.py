from django.urls import path

from upstander.web.toolkit import views

app_name = "toolkit"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:key>/pdf/", views.pdf, name="pdf"),
]
