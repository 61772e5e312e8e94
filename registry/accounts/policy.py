"""Passwords and guessing: what is accepted, and how long a guesser waits. Pure."""

import datetime as dt
from collections.abc import Sequence

LEAST_PASSWORD = 12  # characters: long words are easier to keep than odd signs, so length alone is asked for
MOST_PASSWORD = 200  # characters: hashing a book would cost a second
LEAST_DIFFERENT = 5  # characters: 121212121212 is no password
SHORTEST_NAME = 4  # a shorter name before the @ stands in many a good password by chance
FREE_BY_NAME = 5  # wrong passwords for one name before the first wait
FREE_BY_ADDRESS = 30  # an office stands behind one address
FIRST_WAIT = dt.timedelta(seconds=15)
LONGEST_WAIT = dt.timedelta(minutes=15)
REMEMBERED = dt.timedelta(hours=24)  # failures older than this no longer count


def still_to_wait(failures: Sequence[dt.datetime], free: int, now: dt.datetime) -> dt.timedelta:
    """How long until the next attempt is looked at: nothing for the first ones, then doubling from the last failure."""
    beyond = len(failures) - free
    if beyond < 0:
        return dt.timedelta()
    wait = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(beyond, 10)))
    return max(dt.timedelta(), max(failures) + wait - now)


def objection(password: str, email: str) -> str | None:
    """The code of what is wrong with a new password, or None."""
    if len(password) < LEAST_PASSWORD:
        return "password_short"
    if len(password) > MOST_PASSWORD:
        return "password_long"
    plain, name = password.casefold(), email.partition("@")[0].casefold()
    named = len(name) >= SHORTEST_NAME and name in plain
    return "password_easy" if named or len(set(plain)) < LEAST_DIFFERENT else None
