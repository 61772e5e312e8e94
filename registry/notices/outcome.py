"""What one try came to."""

from dataclasses import dataclass

MOST_SAID = 300  # characters kept of what the other side says


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it arrived, the other side's status (0: nobody answered) and words; `final`: no further try helps."""

    arrived: bool
    status: int
    said: str = ""
    final: bool = False


def failed(said: str, status: int = 0, *, final: bool = False) -> Outcome:
    """A try that did not arrive, its words made fit to be kept."""
    plain = "".join(letter if letter.isprintable() else " " for letter in said)
    return Outcome(arrived=False, status=status, said=plain[:MOST_SAID], final=final)
