"""Papers behind letters. Which papers came with a filing only the room of filings knows: it says so here."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from registry.cases.queries import Told
from registry.kernel import clock
from registry.kernel.sentence import Sentence
from registry.papers import queries as papers

PapersOf = Callable[[Iterable[str]], Mapping[str, Sequence[str]]]

COLUMNS = (
    "letter",
    "owner",
    "applicant",
    "signatures",
    "confirmation",
    "confirmed_at",
    "valid_from",
    "valid_until",
    "filing",
    "papers",
    "sha256",
    "remark",
)
NO_PAPER = Sentence(
    "本系统没有该委托书的纸件：它不是随报备提交的（例如由数据包导入），无哈希可核对，应向所有人索取原件。",
    "This registry holds no paper of this letter: it did not come with a filing (a bundle brought it in, say), so "
    "there is no hash to check; ask the owner for the original.",
)
_told: list[PapersOf] = []


def filed(look: PapersOf) -> PapersOf:
    """Decorator: says of filings, by their keys, which papers (by their keys) came with each."""
    _told.append(look)
    return look


def letters(told: Told) -> Iterator[dict[str, Any]]:
    """Letters that bear on a case, with the hash of every paper that came with them."""
    filings = [each.filing for each in told.registered.letters if each.filing]
    came: dict[str, list[str]] = {}
    for look in _told:
        for filing, keys in look(filings).items():
            came.setdefault(filing, []).extend(keys)
    hashes = {paper.key: paper.sha256 for paper in papers.of_keys(key for keys in came.values() for key in keys)}
    for letter in told.registered.letters:
        keys = [key for key in came.get(letter.filing or "", []) if key in hashes]
        yield {
            "letter": letter.key,
            "owner": letter.owner,
            "applicant": letter.applicant,
            "signatures": list(letter.signatures),
            "confirmation": letter.confirmation.value,
            "confirmed_at": clock.write_moment(letter.confirmed_at),
            "valid_from": clock.write_moment(letter.valid_from),
            "valid_until": clock.write_moment(letter.valid_until),
            "filing": letter.filing,
            "papers": keys,
            "sha256": [hashes[key] for key in keys],
            "remark": "" if keys else f"{NO_PAPER.zh} {NO_PAPER.en}",
        }
