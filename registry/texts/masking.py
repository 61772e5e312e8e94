"""Texts with every digit written as 0: what differs only in codes, amounts and numbers is read once.

Nearly all patterns ask for any digit, so a text and its masked form are read alike. The few that ask for particular
ones stand in `patterns.TELLING_DIGITS`; texts in which those could matter are read as they are.
"""

from typing import Any

import pyarrow as pa

MASK_DIGITS = "mask_digits"
"""The name under which an engine knows `mask_digits`."""
MASK = "0"
_TABLE = bytes.maketrans(b"123456789", MASK.encode() * 9)


def mask_digits(texts: Any) -> Any:
    """An Arrow array of texts (no NULL) with every ASCII digit as 0: one pass over its bytes, UTF-8 or not."""
    plain = (texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts).cast(pa.string())
    validity, offsets, content = plain.buffers()
    masked = content.to_pybytes().translate(_TABLE) if content else b""  # of empty texts alone there is no content
    buffers = [validity, offsets, pa.py_buffer(masked)]
    return pa.Array.from_buffers(pa.string(), len(plain), buffers, offset=plain.offset)
