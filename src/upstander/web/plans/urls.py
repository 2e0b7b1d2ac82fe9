from django.urls import path

from upstander.web.plans.views import answers, asking, entries, plans, runs, together, travel, usual, windows

app_name = "plans"
urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/compare/", plans.compare, name="compare"),
    path("plans/windows/", windows.windows, name="windows"),
    path("plans/windows/<str:ref>/end/", windows.end, name="end_window"),
    path("plans/together/", together.groups, name="together"),
    path("plans/together/<str:ref>/separate/", together.separate, name="separate"),
    path("plans/travel/", travel.times, name="travel"),
    path("plans/travel/forget/", travel.forget, name="forget_travel"),
    path("plans/usual/", usual.usual, name="usual"),
    path("plans/usual/<str:ref>/forget/", usual.forget, name="forget_usual"),
    path("plans/<str:ref>/", plans.plan, name="plan"),
    path("plans/<str:ref>/release/", plans.release, name="release"),
    path("plans/<str:ref>/set-aside/", plans.set_aside, name="set_aside"),
    path("plans/<str:ref>/take-up/", plans.take_up, name="take_up"),
    path("plans/<str:ref>/unanswered/", asking.unanswered, name="unanswered"),
    path("plans/<str:ref>/ask-again/", asking.ask, name="ask_again"),
    path("plans/<str:ref>/improve/", runs.improve, name="improve"),
    path("plans/<str:ref>/search/", runs.search, name="search"),
    path("plans/<str:ref>/stop/", runs.stop, name="stop"),
    path("plans/<str:ref>/<str:view>/", plans.side, name="side"),
    path("planned/<str:ref>/", entries.entry, name="entry"),
    path("planned/<str:ref>/undo/", entries.undo, name="undo"),
    path("planned/<str:ref>/room/", entries.room, name="room"),
    path("planned/<str:ref>/mark/", entries.mark, name="mark"),
    path("planned/<str:ref>/allow/", entries.allow, name="allow"),
    path("planned/<str:ref>/answer/", entries.answer, name="answer"),
    path("requests/<str:ref>/answer/", answers.by_site, name="by_site"),
    path("answer/<str:token>/", answers.by_link, name="by_link"),
]
