"""What cannot be written down, whatever it is a part of."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.errors import Invalid
from upstander.program.directory.content.words import as_seen


def unseen_in(texts: Mapping[str, object]) -> Iterator[Invalid]:
    """A refusal for each text, by its field, that holds signs nobody sees; what is no text is passed over."""
    for field, text in texts.items():
        if isinstance(text, str) and as_seen(text) != text:
            yield Invalid(
                _("There are signs in it that nobody sees. Please type it anew instead of copying it."), field
            )
