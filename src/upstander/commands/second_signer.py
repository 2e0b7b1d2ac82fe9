"""Let an account sign what a district proposes for its own layer, or review what it writes, until a day.

For a district with nobody else to sign, and for those who review its own words for law, lived experience or language.
A one-person charter names its county office. The account is made where there is none yet; its first password is
printed once. Made in the terminal on purpose: whoever proposes cannot choose in the browser who signs.
"""

import argparse
import datetime as dt
import secrets
import sys

from upstander.commands import report
from upstander.district.access.policies import GIVEN_BY_HAND
from upstander.district.access.services import end_role, give_role
from upstander.district.accounts.selectors import account_by_email
from upstander.district.accounts.services import create_account
from upstander.district.places.selectors import district_by_key
from upstander.foundation.kernel import clock
from upstander.foundation.kernel.actor import job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Refused

ROLE = "second_signer"
ROLES = sorted(GIVEN_BY_HAND)
ABILITIES = frozenset({"access.manage", "accounts.manage"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which district, whose address, until when; or that it ends today."""
    parser.add_argument("district", help="the district's key, for instance alder-valley")
    parser.add_argument("email", help="the address with which the second signer signs in")
    parser.add_argument("--name", default="", help="for a new account: the name that stands beside a signature")
    parser.add_argument("--role", choices=ROLES, default=ROLE, help="what it may do: sign, or review pages")
    until = parser.add_mutually_exclusive_group(required=True)
    until.add_argument(
        "--until", type=dt.date.fromisoformat, help="the first day without the role, a year away at most"
    )
    until.add_argument("--end", action="store_true", help="the role ends today")
    report.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Give or end the role; 1 with a sentence when that cannot be."""
    district = district_by_key(options.district)
    if district is None:
        print(f"There is no district {options.district}.", file=sys.stderr)
        return 1
    at = clock.now()
    on, actor = district.day(at), job("second_signer", district.pk, ABILITIES)
    told: dict[str, object] = {"district": district.key}
    try:
        with in_district(district.pk):
            account = account_by_email(options.email)
            if account is None:
                password = secrets.token_urlsafe(12)
                name = options.name or options.email
                account = create_account(actor=actor, email=options.email, display_name=name, password=password, at=at)
                told["first_password"] = password
            if options.end:
                told["ended"] = end_role(actor=actor, account=account, role=options.role, ends_on=on, at=at)
            else:
                give_role(actor=actor, account=account, role=options.role, starts_on=on, ends_on=options.until, at=at)
                told["until"] = options.until.isoformat()
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    report.show(told, as_json=options.json)
    return 0
