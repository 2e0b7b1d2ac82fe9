"""Which role brings which capabilities. Data: the route x role table and the policies both read it."""

ROLES: dict[str, frozenset[str]] = {
    "staff": frozenset({"staff.home", "guide.staff_door", "proof.own", "report.own"}),
    "site_administrator": frozenset(
        {
            "training.request",
            "training.follow",
            "coverage.read",
            "proof.certify",
            "people.read",
            "guide.open_door",
            "local.propose",
            "local.sign",
            "pages.vet",
            "campaigns.join",
        }
    ),
    "cadre_member": frozenset({"training.lead", "training.own_calendar"}),
    "regional_lead": frozenset(
        {
            "training.coordinate",
            "training.follow",
            "coverage.read",
            "people.read",
            "local.propose",
            "local.sign",
            "campaigns.join",
        }
    ),
    "coordinator": frozenset(
        {
            "training.request",
            "training.coordinate",
            "training.plan",
            "training.follow",
            "training.lead",
            "gatherings.manage",
            "coverage.read",
            "report.count",
            "people.read",
            "people.load",
            "people.amend",
            "places.read",
            "places.manage",
            "law.adopt",
            "local.propose",
            "local.sign",
            "guide.open_door",
            "requirements.manage",
            "proof.board",
            "proof.pack",
            "completions.record",
            "ledger.prepare",
            "ledger.import",
            "materials.manage",
            "directory.edit",
            "directory.sign",
            "facts.edit",
            "facts.sign",
            "pages.edit",
            "campaigns.join",
        }
    ),
    # Given by a dated grant, for instance to the county office's account where a district has nobody else to sign.
    "second_signer": frozenset({"staff.home", "local.sign", "pages.vet", "facts.sign", "directory.sign"}),
    # Who reads a district's own words before anyone else does, each for one thing.
    "legal_reviewer": frozenset({"staff.home", "pages.review_legal"}),
    "survivor_advisor": frozenset({"staff.home", "pages.review_lived"}),
    "language_reviewer": frozenset({"staff.home", "pages.review_language"}),
    "it_administrator": frozenset(
        {
            "places.load",
            "places.manage",
            "places.read",
            "people.load",
            "people.amend",
            "people.read",
            "ledger.prepare",
            "accounts.manage",
            "access.manage",
            "notices.read",
            "notices.resend",
            "facts.load",
            "proof.rotate",
            "vault.rotate",
        }
    ),
}

# Roles that no post brings: given to an account, always until a day.
GIVEN_BY_HAND = frozenset({"second_signer", "legal_reviewer", "survivor_advisor", "language_reviewer"})

# Posts that bring a role by themselves, in the place of the post (site, region or district).
ROLE_OF_POST: dict[str, str] = {
    "site_administrator": "site_administrator",
    "site_designee": "site_administrator",
    "cadre_member": "cadre_member",
    "region_lead": "regional_lead",
    "region_deputy": "regional_lead",
    "coordinator": "coordinator",
    "it_administrator": "it_administrator",
}
