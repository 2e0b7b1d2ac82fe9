"""What readers see of the directory, as a file that an editor hands on."""

from tempfile import TemporaryFile

from django.http import FileResponse
from django.views.decorators.http import require_safe

from upstander.foundation.kernel.errors import NotFound
from upstander.program.directory.selectors.exporting import FORMS, write_services
from upstander.web.shared.access import DistrictRequest, needs
from upstander.web.shared.entrances import day_of


@needs("directory.edit")
@require_safe
def published(request: DistrictRequest, form: str) -> FileResponse:
    """Every published service in one of the standard's forms. It is written beside memory, however many there are."""
    if form not in FORMS:
        raise NotFound(form)
    on = day_of(request)
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_services(actor=request.actor, file=file, form=form, on=on)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"directory-{on.isoformat()}.{form}")
