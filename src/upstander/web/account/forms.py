from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Shape only; whether the two belong together is the service's question."""

    email = forms.EmailField(label=_("Work e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )
