"""Wagtail's two forms, with the house's checks in them: a page of the district's own, and a picture."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.images.forms import BaseImageForm

from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.refs import new_ref
from upstander.program.library.content.pictures import NoPicture, plain_copy
from upstander.program.library.selectors.drafts import faults_of, faults_of_words

FORMAT = "image/webp"


class OwnPageForm(WagtailAdminPageForm):
    """The linter stands at every save; what is missing or too hard to read stands before the reviewers."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            for fault in faults_of(page=self.instance.read, is_draft=self.is_deferred_validation):
                self.add_error(fault.field if fault.field in self.fields else None, str(fault))


class PictureForm(BaseImageForm):
    """Takes a copy of a picture, made by us, under a name of ours; and words for it that the linter has read."""

    def clean_file(self) -> Any:
        """The picture without anything a camera wrote into it, above all the place."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            copy = plain_copy(file.read())
        except NoPicture:
            self.add_error("file", _("This picture cannot be read. Save it as JPEG or PNG and take that."))
            return None
        return SimpleUploadedFile(f"{new_ref().lower()}.webp", copy, FORMAT)

    def clean(self) -> dict[str, Any]:
        """Refuses words that the linter refuses, in either language."""
        cleaned: dict[str, Any] = super().clean()
        said = Text(cleaned.get("alt_en") or "", cleaned.get("alt_es") or "")
        for fault in faults_of_words(said=said):
            self.add_error(f"alt_{fault.field}", str(fault))
        return cleaned
