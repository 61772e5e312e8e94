"""How a signature is read: the steps, each a few columns over those before, once for Python and the engine.

`head` and `tail` are the names in brackets at the two ends of a message, whatever a phone or a channel put around it;
`trailed` is one with a phone, a link or a note behind it. The old way opens with a title and signs at the end, today's
signs at the start: a name at a clean end wins, and a name at the start wins where the end holds none.
"""

from dataclasses import dataclass

from registry.texts import patterns as p
from registry.texts.masking import MASK
from registry.texts.terms import (
    Step,
    Term,
    before,
    both,
    choose,
    column,
    constant,
    contains,
    contains_of,
    either,
    equal,
    extract,
    filled,
    matches,
    negated,
    once,
    shorter,
    starts,
    without_first,
)

NOTHING = constant("")
LONGEST_NAME = 30
HEAD, TAIL, TRAILED = column("head"), column("tail"), column("trailed")


@dataclass(frozen=True, slots=True)
class Case:
    """One way to read a signature: when it holds, whose text it is, where that stands, and how sure (0 to 100)."""

    when: Term
    signature: Term
    where: str
    read: str
    sure: int


def signature_steps(content: Term) -> list[Step]:
    """The steps over a message's text; the last answers `signature`, `signature_where`, `_read` and `_sure`."""
    return [
        _quick(content),
        _ends(content),
        _names(content),
        _behind(content),
        _leftovers(content),
        _choice(),
        _answer(),
    ]


def quick_name(content: Term) -> Term:
    """What stands between the first 【 and 】 of a message that opens so."""
    return without_first(before(content, "】"))


def last_name(content: Term) -> Term:
    """The name in the only brackets of a message, which stand at its end."""
    return extract(content, p.ONLY_NAME_AT_END)


def masked_steps(masked: Term) -> list[Step]:
    """The step behind `signature_steps` over a masked text: whose signature its messages have (`from_text`).

    `wording`: the one that was read, for it has no digit; `quick`: the quick name of each; `last`: the one name at the
    end of each; `again`: which digits they are could matter, so that each message is to be read by itself.
    """
    names = either(*(contains(column(name), MASK) for name in CANDIDATES))
    plain = both(matches(column("quick"), p.PLAIN_NAME), contains(masked, "】"))
    alone = once(masked, column("signature"))  # another name of its shape would be taken out of what is said with it
    first = both(plain, filled(HEAD), negated(either(filled(TAIL), filled(TRAILED))), alone)
    last = both(filled(TAIL), negated(filled(HEAD)), matches(masked, p.ONLY_NAME_AT_END), alone)
    ways = (
        (matches(masked, p.TELLING_DIGITS), constant("again")),
        (negated(names), constant("wording")),
        (first, constant("quick")),
        (last, constant("last")),
    )
    return [{"from_text": choose(*ways, otherwise=constant("again"))}]


CANDIDATES = ("head", "tail", "trailed", "cut_open", "cut_close", "near_end")


def _quick(content: Term) -> Step:
    """Most messages open with their signature and need no costly pattern."""
    return {"quick": choose((starts(content, "【"), quick_name(content)), otherwise=NOTHING)}


def _ends(content: Term) -> Step:
    quick = column("quick")
    plain = both(matches(quick, p.PLAIN_NAME), contains(content, "】"))
    return {
        "head_text": choose((plain, quick), otherwise=extract(content, p.HEAD)),
        "tail_text": extract(content, p.TAIL),
    }


def _names(content: Term) -> Step:
    head_text, tail_text = column("head_text"), column("tail_text")
    return {
        "head": choose((_code(content, head_text), NOTHING), otherwise=_named(head_text)),
        "tail": choose((_code(content, tail_text), NOTHING), otherwise=_named(tail_text)),
        "titled": choose((filled(head_text), matches(head_text, p.TITLE)), otherwise=constant(False)),
        "branded": both(matches(head_text, p.BRANDED), negated(matches(head_text, p.KIND_OF_TITLE))),
    }


def _behind(content: Term) -> Step:
    """A name with something behind it is only looked for where no better one stands at the start."""
    wanted = both(
        negated(filled(column("tail_text"))),
        either(negated(filled(HEAD)), column("titled")),
        contains(content, "】", "]"),
    )
    return {"trailed": choose((wanted, _named(extract(content, p.TAIL_TRAILED))), otherwise=NOTHING)}


def _code(content: Term, text: Term) -> Term:
    """Whether it is a code that somebody put into brackets: 12306 is a name, unless it is your code."""
    return both(matches(text, p.FIGURES), matches(content, p.CODE_IN_BRACKETS))


def _named(text: Term) -> Term:
    """The text, or nothing where it cannot be a name."""
    possible = both(filled(text), shorter(text, LONGEST_NAME + 1), negated(matches(text, p.NO_NAME)))
    return choose((possible, text), otherwise=NOTHING)


def _leftovers(content: Term) -> Step:
    """What is looked at only where neither end holds a name: cut brackets, a name near the end, marks of a part."""
    none = negated(either(filled(HEAD), filled(TAIL), filled(TRAILED)))
    part = either(
        matches(content, p.PART_MARK_AT_START), matches(content, p.PART_MARK_AT_END), matches(content, p.CONTINUED)
    )
    bracket = contains(content, "【", "】")
    return {
        "cut_open": choose((both(none, bracket), extract(content, p.HEAD_CUT_OPEN)), otherwise=NOTHING),
        "cut_close": choose((both(none, bracket), _named(extract(content, p.TAIL_CUT_CLOSE))), otherwise=NOTHING),
        "near_end": choose((both(none, bracket), _near(extract(content, p.NEAR_THE_END))), otherwise=NOTHING),
        "part": choose((none, part), otherwise=constant(False)),
    }


def _near(text: Term) -> Term:
    return choose((matches(text, p.DOMAIN_NAME), NOTHING), otherwise=_named(text))


def cases() -> list[Case]:
    """The table of ways, first match wins."""
    clean, opened, trailed = filled(TAIL), filled(HEAD), filled(TRAILED)
    kin = either(contains_of(HEAD, TAIL), contains_of(TAIL, HEAD))
    titled, part = column("titled"), column("part")
    cut_open, cut_close, near = column("cut_open"), column("cut_close"), column("near_end")
    return [
        Case(both(clean, opened, equal(HEAD, TAIL)), HEAD, "start", "read", 95),
        Case(both(clean, opened, either(titled, kin)), TAIL, "end", "read", 85),
        Case(both(clean, opened), TAIL, "end", "ambiguous", 60),
        Case(clean, TAIL, "end", "read", 95),
        Case(both(trailed, opened, titled, negated(equal(HEAD, TRAILED))), TRAILED, "end", "read", 60),
        Case(both(opened, titled, column("branded")), HEAD, "start", "read", 60),
        Case(both(opened, titled), HEAD, "start", "ambiguous", 50),
        Case(opened, HEAD, "start", "read", 95),
        Case(trailed, TRAILED, "end", "read", 75),
        Case(part, NOTHING, "", "part_missing", 80),
        Case(filled(cut_open), cut_open, "start", "read", 50),
        Case(filled(cut_close), cut_close, "end", "read", 50),
        Case(filled(near), near, "middle", "ambiguous", 40),
    ]


def _choice() -> Step:
    ways = cases()
    numbered = [(way.when, constant(number)) for number, way in enumerate(ways)]
    return {"way": choose(*numbered, otherwise=constant(len(ways)))}


def _answer() -> Step:
    way, ways = column("way"), cases()
    here = [equal(way, constant(number)) for number in range(len(ways))]

    def over(part: str, otherwise: Term) -> Term:
        answers = [getattr(one, part) for one in ways]
        terms = [answer if isinstance(answer, Term) else constant(answer) for answer in answers]
        return choose(*zip(here, terms, strict=True), otherwise=otherwise)

    return {
        "signature": over("signature", NOTHING),
        "signature_where": over("where", NOTHING),
        "signature_read": over("read", constant("absent")),
        "signature_sure": over("sure", constant(90)),
    }
