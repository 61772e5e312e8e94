"""Where the real messages, ports and names lie, if they do: a folder beside the checkout that is never part of it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the folder ../shared/data is not there")
