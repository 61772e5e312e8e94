"""The gateways of a made world: what each delivers, how it writes a time, whether long messages come in parts."""

from dataclasses import dataclass

FULL = (
    "submitted_at",
    "gateway",
    "port",
    "submitter",
    "agent",
    "province",
    "recipient",
    "declared_category",
    "scheduled_at",
    "message_ref",
    "part_total",
    "part_number",
    "status",
    "content",
)


@dataclass(frozen=True, slots=True)
class Gateway:
    """One gateway: `lacks` names the columns it does not deliver; `epoch` says that its times are epoch ms; `late` is
    the share of a day's messages that come with the next day's files.
    """

    name: str
    weight: float
    lacks: frozenset[str] = frozenset()
    epoch: bool = False
    parts: bool = False
    statuses: tuple[str, str] = ("DELIVRD", "UNDELIV")
    late: float = 0.0

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its files, in order."""
        return tuple(name for name in FULL if name not in self.lacks)

    def delivers(self, *names: str) -> bool:
        """Whether all of these columns come from here."""
        return not self.lacks.intersection(names)


_NO_AGENT = frozenset({"agent"})
_NO_PARTS = frozenset({"part_total", "part_number"})

GATEWAYS: tuple[Gateway, ...] = (
    Gateway("mobile-zj-01", 0.34, parts=True, late=0.012),
    Gateway("unicom-gd-01", 0.24, _NO_AGENT | _NO_PARTS, epoch=True, statuses=("0", "255")),
    Gateway("telecom-js-02", 0.18, _NO_AGENT | {"declared_category"}, parts=True),
    Gateway("mobile-sc-02", 0.12, _NO_AGENT | _NO_PARTS | {"submitter"}),  # no submitter
    Gateway("telecom-bj-01", 0.12, _NO_PARTS | {"province", "scheduled_at"}, epoch=True, late=0.018),  # no province
)
BY_NAME: dict[str, Gateway] = {gateway.name: gateway for gateway in GATEWAYS}
