"""Files to one ZIP, the same bytes for the same files: sorted, no time of making, a manifest with every hash. Pure."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

MANIFEST = "manifest.json"
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that the format can say


def zipped(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """The ZIP; `about` stands at the head of its manifest."""
    listed = [
        {"path": path, "sha256": hashlib.sha256(files[path]).hexdigest(), "bytes": len(files[path])}
        for path in sorted(files)
    ]
    whole = {**files, MANIFEST: written({**about, "files": listed})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(whole):
            entry = zipfile.ZipInfo(path, _NO_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, whole[path])
    return out.getvalue()


def written(value: Any) -> bytes:
    """JSON for people and machines: sorted, indented."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
