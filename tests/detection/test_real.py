"""The main job on real messages."""

from tests.detection.real_messages import run
from tests.shared import needs_shared


@needs_shared
def test_real_messages_show_unregistered_signatures_shared_numbers_and_shared_ranges(app, caller):
    shown = run(caller)
    print(shown.table())
    assert shown.accepted + shown.rejected == 8752
    rules = shown.by_rule()
    assert rules["S101"] > 2000
    assert rules["S104"] >= 10
    assert rules["S105"] >= 60
    assert len(shown.named()) + len(shown.within()) >= 350
    assert shown.refused == {}
