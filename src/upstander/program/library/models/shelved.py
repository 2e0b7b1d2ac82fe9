"""Where the bytes of pictures are: rows, behind row security, in every backup, on every server.

Django writes a file while a service or Wagtail saves the picture it belongs to, in the same transaction.
"""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import get_language

from upstander.foundation.kernel.models import DistrictModel
from upstander.program.library.models.shelves import Shelf

ADDRESS = "/{language}/learn/image/{name}/"
NAME = 100


class StoredPicture(DistrictModel):
    """The bytes of one file, under a name nobody can guess."""

    name = models.CharField(max_length=NAME, unique=True)
    body = models.BinaryField()


@deconstructible
class Shelved(Storage):
    """Keeps files as rows of the district in which the open transaction works."""

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":
        return ContentFile(bytes(StoredPicture.objects.get(name=name).body), name)

    def _save(self, name: str, content: Any) -> str:
        body = b"".join(content.chunks())
        StoredPicture(district_id=Shelf.objects.get().district_id, name=name, body=body).save(force_insert=True)
        return name

    def delete(self, name: str) -> None:
        StoredPicture.objects.filter(name=name).delete()

    def exists(self, name: str) -> bool:
        return StoredPicture.objects.filter(name=name).exists()

    def size(self, name: str) -> int:
        return len(StoredPicture.objects.get(name=name).body)

    def url(self, name: str | None) -> str:
        return ADDRESS.format(language=get_language() or "en", name=name)
