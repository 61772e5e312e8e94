"""Taking deliveries in, settling what waits, erasing what has served its time."""

from registry.traffic.service.compacting import DAILY, Compaction, Merged, compact
from registry.traffic.service.erasing import erase_before, erase_what_is_due, holder
from registry.traffic.service.ingesting import LEASE, clear, ingest
from registry.traffic.service.ordering import carry_out, inbox, lying, not_yet_ordered, order, under_way
from registry.traffic.service.settling import Settled, settle

__all__ = [
    "DAILY",
    "LEASE",
    "Compaction",
    "Merged",
    "Settled",
    "carry_out",
    "clear",
    "compact",
    "erase_before",
    "erase_what_is_due",
    "holder",
    "inbox",
    "ingest",
    "lying",
    "not_yet_ordered",
    "order",
    "settle",
    "under_way",
]
