"""How category, opt-out, links and contacts are read: the steps, once for Python and the engine."""

from registry.texts import patterns as p
from registry.texts.terms import Step, Term, choose, column, constant, contains, extract_all, matches


def content_steps(content: Term) -> list[Step]:
    """The steps over a message's text; the last answers `category`, `opt_out`, `links`, `link_domains`, `contacts`."""
    return [
        {"opt_out": contains(content, "退订", "拒收")},
        {
            "category": choose(
                (column("opt_out"), constant(4)), (matches(content, p.CODE_WORD), constant(1)), otherwise=constant(2)
            ),
            "category_sure": constant(50),
            "links": extract_all(content, r"[Hh][Tt][Tt][Pp]://[!-~]+"),
            "link_domains": extract_all(content, r"[Hh][Tt][Tt][Pp]://[!-~]+"),
            "contacts": extract_all(content, r"[0-9]{11}"),
        },
    ]
