"""Sign-in. An account belongs to the server; what it may do stands in each district's grants."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from upstander.foundation.kernel.refs import REF_LENGTH, new_ref


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser, PermissionsMixin):
    """Who can sign in, by e-mail address and password.

    Groups are what Wagtail asks for, and row security shows those of one district; see `program.library`. What an
    account may do anywhere else stands in grants alone. Nobody is a superuser; the database holds that.
    """

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    email = models.EmailField(unique=True)  # kept in small letters
    display_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]
    objects = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="account_email_is_small"),
            models.CheckConstraint(condition=Q(is_superuser=False), name="account_is_no_superuser"),
        ]

    def get_full_name(self) -> str:
        """The name that stands beside what the account did; Wagtail asks for it so."""
        return self.display_name
