from django import forms
from django.utils.translation import gettext_lazy as _

CODE_WITH_BREAKS = 40  # sixteen characters, and whatever people put between them


class CodeForm(forms.Form):
    """Shape only: any spelling of a code that a person may copy from paper."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("16 letters and digits. Capitals and dashes do not matter."),
        max_length=CODE_WITH_BREAKS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
