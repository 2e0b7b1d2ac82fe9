from django.urls import path

from upstander.web.proof import board, certify, packs, views

app_name = "proof"
urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>/", views.verify_code, name="verify_code"),
    path("proof/board/", board.board, name="board"),
    path("proof/board/report.pdf", board.board_file, name="board_file"),
    path("proof/board/schools/", board.schools, name="schools"),
    path("proof/board/schools.csv", board.schools_file, name="schools_file"),
    path("proof/sites/", certify.sites, name="sites"),
    path("proof/sites/list.csv", certify.sites_file, name="sites_file"),
    path("proof/sites/<str:ref>/", certify.site, name="site"),
    path("proof/sites/<str:ref>/certification.pdf", certify.paper, name="certification"),
    path("proof/packs/", packs.packs, name="packs"),
    path("proof/packs/check/", packs.check_pack, name="check_pack"),
    path("proof/packs/names.csv", packs.pack_names, name="pack_names"),
    path("proof/packs/<str:ref>/", packs.pack, name="pack"),
    path("proof/packs/<str:ref>/pack.zip", packs.pack_file, name="pack_file"),
    path("certificates/", views.own, name="own"),
    path("certificates/<str:ref>/", views.download, name="download"),
    path("certificate/<str:token>/", views.by_link, name="by_link"),
]
