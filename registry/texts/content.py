"""How category, opt-out, links and contacts are read: the steps, once for Python and the engine.

The order of the categories is the order of proof: dunning, then an opt-out, which speaks for marketing (but not beside
a code without an offer: some carriers demand it under every message), then a code, which speaks for verification
(beside an offer and a link or a number it is an offer that wants to pass filters), offers, the public good; what says
nothing of these is a notice. An offer without a way to refuse is doubtful where one word alone says it, unless it is a
shady one: services say each of the others now and then, and seldom two.
"""

from registry.texts import wording as w
from registry.texts.category import Category
from registry.texts.terms import (
    Step,
    Term,
    both,
    choose,
    column,
    constant,
    contains,
    each_extract,
    each_lower,
    each_without,
    either,
    equal,
    extract_all,
    filled_list,
    matches,
    negated,
    no_texts,
    none_of,
    several,
    without,
)


def content_steps(content: Term) -> list[Step]:
    """The steps over a message's text, behind those that read its signature: all that is read beside it."""
    return [_found(content), _verdict(content), _category()]


def links_of(content: Term) -> Term:
    """Host and path of every link, as written."""
    links = each_without(none_of(extract_all(content, w.LINK), w.MAIL), w.SCHEME_AT_START)
    return choose((contains(content, "."), links), otherwise=no_texts())


def numbers_of(content: Term) -> Term:
    """Everything that could be a number to ring."""
    return extract_all(content, w.NUMBER)


def contacts_of(numbers: Term) -> Term:
    """The digits of those that are one."""
    return each_without(each_extract(each_without(numbers, " "), w.CONTACT), "-")


def _found(content: Term) -> Step:
    opt_out = both(contains(content, *w.OPT_OUT_HINTS), matches(content, w.OPT_OUT))
    return {
        # a name that holds 特卖 or 贷款 sells nothing by it, nor does the title that opens a message signed at its end
        "said": without(without(content, column("signature")), column("head")),
        "opt_out": opt_out,
        "refusals": choose((opt_out, extract_all(content, w.REFUSAL)), otherwise=no_texts()),
        "links": links_of(content),
        "numbers": numbers_of(content),
    }


def _verdict(content: Term) -> Step:
    """`verdict` numbers the lines of VERDICTS; the patterns that cost are asked last and only where they decide."""
    links, numbers, opt_out = column("links"), column("numbers"), column("opt_out")
    said = column("said")
    coded = both(contains(said, *w.CODE_HINTS), matches(said, w.CODE))
    dunned = both(contains(said, *w.DUNNING_HINTS), matches(said, w.DUNNING))
    promoted = matches(said, w.PROMOTION)
    hinted = both(matches(said, w.SOFT_PROMOTION), negated(matches(said, w.OWN_AFFAIR)))
    leads = either(filled_list(links), filled_list(numbers), negated(matches(said, w.CODE_CARE)))
    offer = both(coded, either(both(leads, promoted), matches(said, w.CODE_REWARD)))
    words = each_without(extract_all(said, w.PROMOTION), "[0-9]")  # 8折 and 9折 are one
    ample = either(matches(said, w.SHADY), hinted, both(several(words), negated(matches(said, w.BOUGHT))))
    number = choose(
        (both(dunned, negated(matches(said, w.NO_DEBT))), constant(0)),
        (
            opt_out,
            choose(
                (promoted, choose((ample, constant(1)), otherwise=constant(8))),
                (coded, constant(4)),
                otherwise=constant(2),
            ),
        ),
        (coded, choose((offer, constant(3)), otherwise=constant(4))),
        (promoted, choose((ample, constant(5)), otherwise=constant(6))),
        (hinted, constant(6)),
        (matches(content, w.PUBLIC_GOOD), constant(7)),
        otherwise=constant(9),
    )
    domains = each_extract(each_lower(each_extract(links, w.HOST_AT_START)), w.REGISTRABLE)
    return {
        "verdict": number,
        "link_domains": choose((filled_list(links), domains), otherwise=no_texts()),
        "contacts": choose((filled_list(numbers), contacts_of(numbers)), otherwise=no_texts()),
    }


LEAST_SURE = 60
"""How sure a reading must be to be held against anybody; what is less counts as a notice."""
OPT_OUT_ALONE, OPT_OUT_AND_WORD = BY_OPT_OUT = (60, 75)
"""How sure readings of marketing are that rest on the opt-out, alone or with one word of an offer."""
VERDICTS = (
    (Category.DUNNING, 85),
    (Category.MARKETING, 95),
    (Category.MARKETING, OPT_OUT_ALONE),
    (Category.MARKETING, 70),
    (Category.VERIFICATION, 90),
    (Category.MARKETING, 80),
    (Category.MARKETING, 50),
    (Category.PUBLIC_GOOD, 60),
    (Category.MARKETING, OPT_OUT_AND_WORD),
    (Category.NOTICE, 60),
)


def _category() -> Step:
    ways = [equal(column("verdict"), constant(number)) for number in range(len(VERDICTS))]
    categories = [constant(int(category)) for category, _ in VERDICTS]
    sureness = [constant(sure) for _, sure in VERDICTS]
    return {
        "category": choose(*zip(ways[:-1], categories[:-1], strict=True), otherwise=categories[-1]),
        "category_sure": choose(*zip(ways[:-1], sureness[:-1], strict=True), otherwise=sureness[-1]),
    }
