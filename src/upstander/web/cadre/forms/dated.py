"""What several forms of the Cadre have in common."""

from django import forms

SHORT = {"autocomplete": "off", "spellcheck": "false"}


class DatedForm(forms.Form):
    """What holds until a day: people name the last day, the service the day after."""

    def named(self, field: str) -> str:
        """The form's field for the service's."""
        return "last_on" if field == "ends_on" else field
