"""Pictures for documents and pages."""

import io

import segno


def qr(text: str) -> str:
    """The text as a QR code: an SVG without style attributes, so that a page's strict policy lets it be."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        picture, kind="svg", xmldecl=False, svgns=True, nl=False, scale=6, svgclass="qr", lineclass=None, omitsize=True
    )
    return picture.getvalue().decode()
