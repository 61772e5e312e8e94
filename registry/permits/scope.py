"""The rules of scope: what a permit allows of a usage.

Each rule is written once, with operators alone, and read twice: on Python scalars when a gateway asks about one
message, on Ibis columns when a day of facts is judged. Every value is an int64, times are milliseconds UTC, sets are
bits, and *unlimited* is 2**63-1, as a number and as a set: no rule ever meets a NULL.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from registry.kernel.clock import FOREVER
from registry.kernel.sentence import Reason, Sentence

UNLIMITED = FOREVER


@dataclass(frozen=True, slots=True)
class Usage:
    """What was sent, or is about to be.

    `categories`, `provinces`, `links`, `contacts` are bits; `marketing_hours` are the hours (bits 0 to 23, local time)
    in which marketing was sent; `month_volume` counts the messages of the calendar month, these included. Bit n of
    `links` and `contacts` stands for the n-th link or contact of this very usage.
    """

    categories: int
    provinces: int
    first_at: int
    last_at: int
    marketing_hours: int = 0
    month_volume: int = 0
    links: int = 0
    contacts: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """What a permit allows. `links` and `contacts` are those of the usage it is held against that it declares.

    `stopped_from` and `stopped_until` bound the time in which a measure stops it; the defaults are no time at all.
    """

    categories: int
    provinces: int = UNLIMITED
    valid_from: int = 0
    valid_until: int = UNLIMITED
    hours: int = UNLIMITED
    monthly_volume: int = UNLIMITED
    links: int = 0
    contacts: int = 0
    stopped_from: int = UNLIMITED
    stopped_until: int = 0


@dataclass(frozen=True, slots=True)
class ScopeRule(Reason):
    """A reason for which a usage lies outside a permit: `violated(usage, permit)` is true, or a boolean column."""

    violated: Callable[[Any, Any], Any]


SCOPE_RULES = (
    ScopeRule(
        "CATEGORY_NOT_PERMITTED",
        401,
        Sentence("短信类别超出许可范围", "a category of message is sent that the permit does not allow"),
        Sentence("停止发送该类别，或报备增加类别", "stop sending it, or file the category"),
        lambda usage, permit: (usage.categories & ~permit.categories) != 0,
    ),
    ScopeRule(
        "PROVINCE_NOT_PERMITTED",
        402,
        Sentence("接收省份超出许可范围", "it is sent to a province that the permit does not allow"),
        Sentence("停止向该省发送，或报备增加省份", "stop sending there, or file the province"),
        lambda usage, permit: (usage.provinces & ~permit.provinces) != 0,
    ),
    ScopeRule(
        "BEFORE_PERMIT",
        403,
        Sentence("发送时许可尚未生效", "it was sent before the permit begins"),
        Sentence("在许可生效后发送", "send once the permit is in force"),
        lambda usage, permit: usage.first_at < permit.valid_from,
    ),
    ScopeRule(
        "AFTER_PERMIT",
        404,
        Sentence("发送时许可已到期", "it was sent after the permit's end"),
        Sentence("办理续期后再发送", "renew the permit before sending on"),
        lambda usage, permit: usage.last_at >= permit.valid_until,
    ),
    ScopeRule(
        "HOURS_NOT_PERMITTED",
        405,
        Sentence("在许可时段之外发送营销短信", "marketing is sent outside the permitted hours"),
        Sentence("将营销短信安排在许可时段内发送", "schedule marketing within the permitted hours"),
        lambda usage, permit: (usage.marketing_hours & ~permit.hours) != 0,
    ),
    ScopeRule(
        "VOLUME_EXCEEDED",
        406,
        Sentence("本月发送量超出许可上限", "this month's messages exceed the permit's cap"),
        Sentence("等到下月，或报备提高月发送量", "wait for the next month, or file a higher monthly volume"),
        lambda usage, permit: usage.month_volume > permit.monthly_volume,
    ),
    ScopeRule(
        "LINK_NOT_DECLARED",
        407,
        Sentence("短信含有未报备的链接", "a link is sent that the permit does not declare"),
        Sentence("删除该链接，或报备该链接", "take the link out, or declare it"),
        lambda usage, permit: (usage.links & ~permit.links) != 0,
    ),
    ScopeRule(
        "CONTACT_NOT_DECLARED",
        408,
        Sentence("短信含有未报备的联系方式", "a contact is sent that the permit does not declare"),
        Sentence("删除该联系方式，或报备该联系方式", "take the contact out, or declare it"),
        lambda usage, permit: (usage.contacts & ~permit.contacts) != 0,
    ),
    ScopeRule(
        "PERMIT_SUSPENDED",
        409,
        Sentence("发送时许可处于暂停或撤销状态", "it was sent while a measure stops the permit"),
        Sentence("按处置通知整改，或提出申诉", "remedy what the measure names, or appeal"),
        lambda usage, permit: (usage.last_at >= permit.stopped_from) & (usage.first_at < permit.stopped_until),
    ),
)

NO_PERMIT = Reason(
    "NO_PERMIT",
    410,
    Sentence("该签名在该端口上没有许可", "no permit covers this signature on this port"),
    Sentence("报备该签名在该端口上的使用范围", "file a permit for this signature on this port"),
)

REASONS: dict[str, Reason] = {reason.code: reason for reason in (*SCOPE_RULES, NO_PERMIT)}
USAGE_COLUMNS = tuple(f"usage_{field.name}" for field in fields(Usage))
PERMIT_COLUMNS = tuple(f"permit_{field.name}" for field in fields(Scope))


def reasons(usage: Any, permit: Any) -> list[ScopeRule]:
    """The rules that one usage breaks against one permit, in the order of their numbers."""
    return [rule for rule in SCOPE_RULES if rule.violated(usage, permit)]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a joined table: its columns by their own names, found under a prefix."""

    table: Any
    prefix: str

    def __getattr__(self, name: str) -> Any:
        return self.table[self.prefix + name]


def judged(joined: Any) -> Any:
    """The Ibis table of `USAGE_COLUMNS` and `PERMIT_COLUMNS` with a boolean column for each rule, named by its code."""
    usage, permit = Side(joined, "usage_"), Side(joined, "permit_")
    return joined.mutate(**{rule.code: rule.violated(usage, permit) for rule in SCOPE_RULES})
