"""PDF from a typst template: the words travel as data, never as markup.

A template reads them with `#let d = json(bytes(sys.inputs.data))`. What comes out is tagged
(PDF/UA-1), so that a screen reader can read it; a template sets the document's title and language.
"""

import json
from collections.abc import Mapping
from pathlib import Path


def render(template: Path, data: Mapping[str, object]) -> bytes:
    """Return the PDF of a template (a .typ file of ours) with this data."""
    import typst  # noqa: PLC0415 - heavy: only who makes a PDF waits for it

    made = typst.compile(
        str(template), sys_inputs={"data": json.dumps(data, default=str)}, pdf_standards=["ua-1"]
    )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single document.")
    return made
