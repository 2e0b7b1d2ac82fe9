from django.urls import path

from upstander.web.training.views import asking, check_in, door, queue, rooms

app_name = "training"
urlpatterns = [
    path("check-in/", check_in.check_in, name="check_in"),
    path("check-in/thanks/", check_in.thanks, name="thanks"),
    path("check-in/bring/", door.bring_kept, name="bring_kept"),
    path("check-in/<str:code>/", check_in.check_in, name="check_in_code"),
    path("training/requests/", asking.requests, name="requests"),
    path("training/ask/", asking.ask, name="ask"),
    path("training/requests/<str:ref>/", asking.follow, name="follow"),
    path("training/requests/<str:ref>/withdraw/", asking.withdraw, name="withdraw"),
    path("training/queue/", queue.queue, name="queue"),
    path("training/queue/<str:ref>/", queue.request_page, name="coordinate"),
    path("training/queue/<str:ref>/assign/", queue.assign, name="assign"),
    path("training/queue/<str:ref>/confirm/", queue.confirm, name="confirm"),
    path("training/queue/<str:ref>/release/", queue.release, name="release"),
    path("training/queue/<str:ref>/decline/", queue.decline, name="decline"),
    path("training/sessions/", queue.sessions, name="sessions"),
    path("training/mine/", rooms.mine, name="mine"),
    path("training/mine/<str:ref>/", rooms.room, name="room"),
    path("training/mine/<str:ref>/open/", rooms.open_room, name="open"),
    path("training/mine/<str:ref>/door/", door.door, name="door"),
    path("training/mine/<str:ref>/door/worker.js", door.worker, name="door_worker"),
    path("training/mine/<str:ref>/door/bring/", door.bring, name="bring"),
    path("training/mine/<str:ref>/left/", rooms.note_gone, name="left"),
    path("training/mine/<str:ref>/code/", rooms.code, name="code"),
    path("training/mine/<str:ref>/code.svg", rooms.code_picture, name="code_picture"),
    path("training/mine/<str:ref>/tick/", rooms.tick_person, name="tick"),
    path("training/mine/<str:ref>/walk-in/", rooms.walk_in, name="walk_in"),
    path("training/mine/<str:ref>/match/", rooms.match, name="match"),
    path("training/mine/<str:ref>/close/", rooms.close, name="close"),
]
