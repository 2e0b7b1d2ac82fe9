"""The one door through which people, their posts and their leaves change."""

from upstander.district.people.services.leaves import correct_leave as correct_leave
from upstander.district.people.services.leaves import end_leave as end_leave
from upstander.district.people.services.leaves import put_on_leave as put_on_leave
from upstander.district.people.services.leaves import take_back_leave as take_back_leave
from upstander.district.people.services.names import rename_person as rename_person
from upstander.district.people.services.posts import correct_post as correct_post
from upstander.district.people.services.posts import end_post as end_post
from upstander.district.people.services.posts import give_account as give_account
from upstander.district.people.services.posts import move_post as move_post
from upstander.district.people.services.posts import start_post as start_post
from upstander.district.people.services.posts import take_back_post as take_back_post
from upstander.district.people.services.rosters import RosterRow as RosterRow
from upstander.district.people.services.rosters import hire_person as hire_person
from upstander.district.people.services.rosters import load_roster as load_roster
from upstander.district.people.services.rosters import take_back_roster as take_back_roster
