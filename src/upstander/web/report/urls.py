from django.urls import path

from upstander.web.report import copies, joint, proofs, views

app_name = "report"
urlpatterns = [
    path("", views.start, name="start"),
    path("worksheet/", views.worksheet, name="worksheet"),
    path("clock/", views.clock, name="clock"),
    path("copies/", copies.copies, name="copies"),
    path("copies/new/", copies.keep, name="keep"),
    path("copies/<str:ref>/", copies.copy, name="copy"),
    path("copies/<str:ref>/close/", copies.close, name="close"),
    path("copies/<str:ref>/extend/", copies.extend, name="extend"),
    path("copies/<str:ref>/erase/", copies.erase, name="erase"),
    path("copies/<str:ref>/proof/", proofs.make, name="make_proof"),
    path("copies/<str:ref>/proof/<str:code>/", proofs.paper, name="proof"),
    path("copies/<str:ref>/reminder/", copies.reminder, name="reminder"),
    path("copies/<str:ref>/joint/", joint.start, name="joint_start"),
    path("joint/", joint.parts, name="joints"),
    path("joint/<str:ref>/", joint.part, name="joint"),
    path("verify/", proofs.verify, name="verify"),
    path("keys/", proofs.keys, name="keys"),
    path("keys.json", proofs.keys_file, name="keys_file"),
]
