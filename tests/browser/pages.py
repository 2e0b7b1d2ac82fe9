"""The pages that are checked one by one and photographed for the tour. A new page gets a line here."""

from typing import NamedTuple


class Shot(NamedTuple):
    """One page: its address below the language ("{record}" and "{joint}" stand for records of its reader's own,
    "{first}" for what the list above it, or the page `listed_on`, leads to first), a name for the picture, and who
    opens it (nobody: a visitor; else the part of a demo person's address before the "@")."""

    name: str
    path: str
    person: str = ""
    status: int = 200
    in_tour: bool = True  # what staff watch for is not put on show
    listed_on: str = ""


PUBLIC = (
    Shot("home", ""),
    Shot("help", "help/"),
    Shot("about", "about/"),
    Shot("sign-in", "account/sign-in/"),
    Shot("sources", "sources/"),
    Shot("worried", "guide/"),
    Shot("noticed", "guide/when/noticed/"),
    Shot("call", "guide/call/"),
    Shot("sites", "guide/call/sites/"),
    Shot("card", "cards/told/"),
    Shot("report", "report/"),
    Shot("worksheet", "report/worksheet/"),
    Shot("clock", "report/clock/"),
    Shot("check-a-record", "report/verify/"),
    Shot("check-in", "check-in/"),
    Shot("ask-as-visitor", "ask/for/evening/"),
    Shot("days-to-come-to", "symposiums/"),
    Shot("wish-list", "wishes/"),
    Shot("verify", "verify/"),
    Shot("plan", "own/plan/"),
    Shot("true-or-not", "learn/true_or_not/"),
    Shot("whom-to-call", "learn/whom_to_call/"),
    Shot("is-this-ok", "learn/is_this_ok/", in_tour=False),
    Shot("school-staff", "learn/school_staff/", in_tour=False),
    Shot("school-team", "own/teams/{first}/"),
    Shot("toolkit", "toolkit/"),
    Shot("words-to-take-along", "toolkit/campaigns/{first}/"),
    Shot("words-not-yet", "toolkit/campaigns/january/", status=404, in_tour=False),
    Shot("papers-of-sites", "toolkit/cards_staff/sites/"),
    Shot("find", "find/"),
    Shot("place-found", "find/{first}/", in_tour=False),
    Shot("say-what-is-wrong", "find/{first}/wrong/", in_tour=False, listed_on="find/"),
    Shot("leaving", "away/{first}/", in_tour=False, listed_on="sources/"),
    Shot("not-found", "nowhere/", status=404),
)
STAFF = (
    Shot("today", "staff/", "coordinator"),
    Shot("queue", "training/queue/", "coordinator"),
    Shot("sessions", "training/sessions/", "coordinator"),
    Shot("offerings", "training/offerings/", "coordinator"),
    Shot("year-plan", "training/plans/{first}/", "coordinator"),
    Shot("usual-sessions", "training/plans/usual/", "coordinator", in_tour=False),
    Shot("not-answered", "training/plans/{first}/unanswered/", "coordinator", in_tour=False),
    Shot("symposiums", "gatherings/symposiums/", "coordinator"),
    Shot("coverage", "coverage/", "coordinator"),
    Shot("materials", "materials/", "coordinator"),
    Shot("spreadsheets", "imports/", "coordinator"),
    Shot("schools-and-sites", "sites/", "coordinator"),
    Shot("requirement", "coverage/requirement/", "coordinator"),
    Shot("reminders", "reminders/", "coordinator", in_tour=False),
    Shot("staff-member", "people/{first}/", "coordinator", in_tour=False),
    Shot("set-a-requirement", "coverage/requirements/new/", "coordinator", in_tour=False),
    Shot("board-report", "proof/board/", "coordinator", in_tour=False),
    Shot("local-rule", "guide/rule/", "coordinator", in_tour=False),
    Shot("law", "guide/law/", "coordinator", in_tour=False),
    Shot("staff-guide", "guide/door/", "teacher", in_tour=False),
    Shot("staff-branch", "guide/door/when/labor/", "teacher", in_tour=False),
    Shot("staff-rule", "guide/door/rule/", "teacher", in_tour=False),
    Shot("own-sites", "guide/door/sites/", "coordinator", in_tour=False),
    Shot("practice", "guide/practice/", "teacher"),
    Shot("situation", "guide/practice/new_phone/", "teacher", in_tour=False),
    Shot("fact", "facts/line.childhelp/", "coordinator"),
    Shot("district-says", "local/", "coordinator"),
    Shot("campaigns", "campaigns/", "coordinator"),
    Shot("words-of-campaigns", "toolkit/staff/campaigns/", "teacher", in_tour=False),
    Shot("words-to-prepare", "toolkit/staff/campaigns/january/", "teacher", in_tour=False),
    Shot("directory", "directory/?show=published", "coordinator", in_tour=False),
    Shot("entry", "directory/{first}/", "coordinator", in_tour=False, listed_on="directory/?show=published"),
    Shot("organization", "directory/organizations/{first}/", "coordinator", in_tour=False),
    Shot("former-papers", "facts/papers/", "coordinator", in_tour=False),
    Shot("own-words", "editor/at_my_school/", "coordinator"),
    Shot("who-acts", "local/sites/", "principal"),
    Shot("kept", "cards/kept/", "teacher", in_tour=False),
    Shot("staff-doors", "guide/doors/", "principal"),
    Shot("ask", "training/ask/training/", "principal"),
    Shot("requests", "training/requests/", "principal"),
    Shot("my-sessions", "training/mine/", "consultant"),
    Shot("cadre", "cadre/", "coordinator"),
    Shot("cadre-member", "cadre/member/{first}/", "coordinator", in_tour=False, listed_on="cadre/"),
    Shot("my-time", "cadre/me/", "consultant"),
    Shot("consultations", "cadre/consultations/", "consultant"),
    Shot("consultation", "cadre/consultations/{first}/", "consultant", in_tour=False, listed_on="cadre/consultations/"),
    Shot("connected-calendar", "cadre/me/calendar/", "consultant", in_tour=False),
    Shot("certificates", "certificates/", "teacher"),
    Shot("copy-on-the-server", "report/copies/new/", "teacher"),
    Shot("own-record", "report/copies/{record}/", "teacher", in_tour=False),
    Shot("erase-a-record", "report/copies/{record}/erase/", "teacher", in_tour=False),
    Shot("joint-report", "report/joint/{joint}/", "teacher", in_tour=False),
    Shot("sent-mail", "outbox/", "it"),
)
PAGES = (*PUBLIC, *STAFF)
