"""From typed rows to usage facts: what is said of each message, and how messages are counted. SQL text, no engine."""

# ruff: noqa: S608 - the SQL is made of our own fixed names; what comes from outside goes through `quoted`

from collections.abc import Iterable

from registry.texts.category import Category
from registry.texts.content import BY_OPT_OUT, LEAST_SURE
from registry.texts.patterns import EXTRACTOR_VERSION
from registry.traffic.columns import Missing
from registry.traffic.typed import places, province_bit, quoted

LEAST_CODES = 10  # verification messages of a gateway from which its habit is known
LEAST_OF_WORDS = 20  # a gateway's own words stand in one of so many of its codes at least
MOST_CONTACTS = 200  # values kept for one day, port, submitter and signature; the others are counted under ''
MESSAGE = (
    "line, at_ms, scheduled, gateway, port, submitter, agent, province, content, given_signature, declared, missing"
)
WHOLE = f"{MESSAGE}, '' AS forced, '' AS ends"
KEY = "day, gateway, port, submitter, agent, signature, read, category, missing"
DATE = "DATE '1970-01-01' + CAST(day AS INTEGER)"
# Of pieces of a message the signature counts where the end is there at which it stands.
_SIGNATURE = (
    "CASE WHEN signature <> '' AND (forced = '' OR contains(ends, signature_where)) THEN signature "
    "ELSE trim(given_signature, '【】[] ') END"
)
_READ = (
    "CASE WHEN forced <> '' THEN forced WHEN signature = '' AND given_signature <> '' THEN 'read' "
    "ELSE signature_read END"
)
_CLEAN = "regexp_replace({0}, '[\\x00-\\x1f\\x7f]', '', 'g') AS {0}"


def told(messages: str, grace: int, *, demanding: Iterable[tuple[str, str]] = (), contacts: bool = True) -> str:
    """SQL of one row for each message with everything that the facts count; `fact` stands for the columns of KEY.

    messages: a query of messages whose texts were read; demanding: gateways that want an opt-out under every message,
    each with its words: these make nothing an offer; contacts: whether links and contacts are wanted.
    """
    demanded = sorted(demanding)
    gateways = ", ".join(quoted(gateway) for gateway in sorted({gateway for gateway, _ in demanded}))
    words = ", ".join(quoted(gateway + refusal) for gateway, refusal in demanded)
    rests_on_it = f"category = {int(Category.MARKETING)} AND category_sure IN {BY_OPT_OUT}"
    appended = f"gateway IN ({gateways}) AND list_has_all([{words}], list_transform(refusals, lambda x: gateway || x))"
    unproved = f"WHEN {appended} AND {rests_on_it} THEN {int(Category.NOTICE)}" if demanded else ""
    found = "links, contacts" if contacts else "[]::VARCHAR[] AS links, []::VARCHAR[] AS contacts"
    place = places()
    return f"""
        SELECT *, hash({KEY}) AS fact FROM (
            SELECT line, at_ms, {place["day"]} AS day, {place["hour"]} AS hour,
                CASE WHEN {place["minute"]} < {grace} THEN 1 ELSE 0 END AS within_grace,
                gateway, port, submitter, agent, province, {province_bit()} AS provinces,
                {_SIGNATURE} AS signature, {_READ} AS read,
                CASE WHEN content = '' THEN declared
                    WHEN category_sure < {LEAST_SURE} THEN {int(Category.NOTICE)}
                    {unproved} ELSE category END AS category,
                CASE WHEN content = '' OR opt_out THEN 0 ELSE 1 END AS without_opt_out,
                missing | CASE WHEN content = '' THEN {int(Missing.CONTENT)} ELSE 0 END
                        | CASE WHEN submitter = '' THEN {int(Missing.SUBMITTER)} ELSE 0 END AS missing,
                {found}
            FROM ({messages}))
    """


DEMANDING = f"""
    WITH code AS (SELECT gateway, opt_out, refusals FROM message JOIN wording USING (masked)
        WHERE category = {int(Category.VERIFICATION)}),
    demanding AS (SELECT gateway, count(*) AS codes FROM code GROUP BY gateway
        HAVING codes >= {LEAST_CODES} AND 2 * count(*) FILTER (opt_out) > codes)
    SELECT gateway, refusal FROM (SELECT gateway, unnest(refusals) AS refusal FROM code) JOIN demanding USING (gateway)
    GROUP BY ALL HAVING {LEAST_OF_WORDS} * count(*) >= any_value(codes)
"""
"""SQL of gateways at which most codes carry an opt-out, which no sender puts there unless he must, and of its words."""
COUNTED = {
    "base": f"""SELECT fact, {KEY}, count(*) AS messages, min(at_ms) AS first_at, max(at_ms) AS last_at,
        bit_or(1 << hour) AS hours, bit_or(provinces) AS provinces, sum(without_opt_out) AS without_opt_out,
        min(line) AS first_line, max(line) AS last_line, arg_min(line, hash(line)) AS any_line
        FROM told GROUP BY ALL""",
    "province": "SELECT fact, province, count(*) AS messages FROM told GROUP BY ALL",
    "hour": "SELECT fact, hour, count(*) AS messages, sum(within_grace) AS within_grace FROM told GROUP BY ALL",
    "contact": """SELECT fact, kind, value, count(*) AS messages FROM (
        SELECT fact, 'link' AS kind, unnest(list_distinct(links)) AS value FROM told WHERE len(links) > 0 UNION ALL
        SELECT fact, 'contact', unnest(list_distinct(contacts)) FROM told WHERE len(contacts) > 0) GROUP BY ALL""",
}
"""What is counted of each slice of messages; the answers of all slices are added up at the end."""
NAMED = """
    WITH speaking AS (FROM told JOIN (SELECT line, names, opens FROM whole JOIN wording USING (masked)
        WHERE len(names) + len(opens) > 0) USING (line))
    SELECT fact, kind, value, count(*) AS messages FROM (
        SELECT fact, 'name' AS kind, unnest(names) AS value FROM speaking WHERE len(links) + len(contacts) > 0 UNION ALL
        SELECT fact, 'opens', unnest(opens) FROM speaking) GROUP BY ALL
"""
"""SQL of the registered names that messages speak of, beside a link or a number or as what a code opens."""


def _texts(*names: str) -> str:
    return ", ".join(_CLEAN.format(name) for name in names)


ADDED_UP = f"""
    SELECT * REPLACE ({_texts("gateway", "port", "submitter", "agent", "signature")}) FROM (
    SELECT fact, {KEY}, sum(messages) AS messages, min(first_at) AS first_at, max(last_at) AS last_at,
        bit_or(hours) AS hours, bit_or(provinces) AS provinces, sum(without_opt_out) AS without_opt_out,
        min(first_line) AS first_line, max(last_line) AS last_line, arg_min(any_line, hash(any_line)) AS any_line
    FROM counted_base GROUP BY ALL)
"""


def base_facts(day: int) -> str:
    """SQL of the base facts of one day (days since 1970), as they are kept."""
    return f"""
        SELECT {DATE} AS day, gateway, port, submitter, agent, signature, read,
            category::BIGINT AS category, messages::BIGINT AS messages, first_at, last_at, hours::BIGINT AS hours,
            provinces::BIGINT AS provinces, without_opt_out::BIGINT AS without_opt_out,
            (missing | CASE WHEN provinces = 0 THEN {int(Missing.PROVINCE)} ELSE 0 END)::BIGINT AS missing,
            {EXTRACTOR_VERSION}::BIGINT AS extractor
        FROM base WHERE day = {day} ORDER BY port, signature, submitter
    """


def province_facts(day: int) -> str:
    """SQL of the messages by recipients' home of one day."""
    return _side(day, "counted_province", "province", "sum(c.messages)::BIGINT AS messages")


def hour_facts(day: int) -> str:
    """SQL of the messages by local hour of one day; `within_grace`: in its first minutes, when queues still empty."""
    counts = "sum(c.messages)::BIGINT AS messages, sum(c.within_grace)::BIGINT AS within_grace"
    return _side(day, "counted_hour", "hour::BIGINT AS hour", counts)


def _side(day: int, counted: str, by: str, counts: str) -> str:
    return f"""
        SELECT {DATE} AS day, gateway, port, submitter, agent, signature, category::BIGINT AS category, {by}, {counts}
        FROM {counted} c JOIN base USING (fact) WHERE day = {day} GROUP BY ALL ORDER BY port, signature
    """


def contact_facts(day: int) -> str:
    """SQL of the links (registrable domain and head of the path), numbers and names of one day, the rare under ''."""
    from registry.texts.terms import quoted
    from registry.texts.wording import HOST_AT_START, REGISTRABLE

    host = f"lower(regexp_extract(value, {quoted(HOST_AT_START)}, 1))"
    domain = f"regexp_extract({host}, {quoted(REGISTRABLE)}, 1)"
    head = "regexp_extract(value, '^[^/?#]+(/[^/?#&=%]{1,40})', 1)"
    key = "day, gateway, port, submitter, signature, kind"
    return f"""
        SELECT {key}, CASE WHEN place <= {MOST_CONTACTS} THEN value ELSE '' END AS value,
            sum(messages)::BIGINT AS messages
        FROM (SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY messages DESC, value) AS place
            FROM (SELECT {DATE} AS day, gateway, port, submitter, signature, kind,
                CASE WHEN kind = 'link' THEN {domain} || {head} ELSE value END AS value, sum(c.messages) AS messages
                FROM counted_contact c JOIN base USING (fact) WHERE day = {day} GROUP BY ALL))
        GROUP BY ALL ORDER BY port, signature
    """


def drawn(inner_pad: str, outer_pad: str, *, from_file: bool) -> str:
    """SQL of the messages named in `chosen`, from the file and from those that were joined."""
    columns = "line, at_ms, message_ref, recipient, content, given_signature"
    named = "line IN (SELECT line FROM chosen)"
    source = f"SELECT origin, origin_line, {columns} FROM joined WHERE {named}"
    if from_file:
        source += f" UNION ALL SELECT origin, line AS origin_line, {columns} FROM given WHERE {named}"
    number = "encode(regexp_replace(regexp_replace(recipient, '[^0-9]', '', 'g'), '^86(1[0-9]{10})$', '\\1'))"
    inner = f"unhex(sha256(unhex('{inner_pad}') || {number}))"
    keyed = f"sha256(unhex('{outer_pad}') || {inner})"
    return f"""
        SELECT base.*, origin AS file, origin_line, at_ms AS submitted_at, message_ref,
            CASE WHEN recipient = '' THEN '' ELSE {keyed} END AS recipient,
            CASE WHEN content = '' THEN given_signature ELSE content END AS content
        FROM chosen JOIN base USING (fact) JOIN ({source}) USING (line)
    """


def samples(day: int) -> str:
    """SQL of the messages kept as evidence of one day."""
    return f"""
        SELECT {DATE} AS day, gateway, port, submitter, agent, signature, read,
            category::BIGINT AS category, submitted_at, message_ref, file, origin_line AS line, recipient, content
        FROM sample WHERE day = {day} ORDER BY port, signature, submitter, line
    """
