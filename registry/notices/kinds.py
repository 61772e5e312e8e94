"""The words of notices: about what, by which way, where a delivery stands."""

from enum import StrEnum


class Channel(StrEnum):
    """By which way a notice leaves the house. The inbox holds every one of them besides."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class Topic(StrEnum):
    """What an event is about: the part of its name before the dot."""

    FILING = "filing"
    FINDING = "finding"
    MEASURE = "measure"
    LOOKBACK = "lookback"
    PERMIT = "permit"
    ACTIVATION = "activation"
    PORT = "port"
    SIGNATURE = "signature"
    LETTER = "letter"
    DELEGATION = "delegation"
    PAPER = "paper"
    ENTERPRISE = "enterprise"
    EXPIRY = "expiry"
    REPORT = "report"
