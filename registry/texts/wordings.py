"""The reading of many messages by their wordings, as engine SQL: each masked text is read once, and once is enough.

A million messages of one day are some thousands of wordings. What differs between messages of one wording (a
signature with digits, links, numbers) is taken from each; what could be read otherwise is read by itself.
"""

# ruff: noqa: S608 - the SQL is made of our own fixed names and patterns

from registry.texts.content import contacts_of, content_steps, links_of, numbers_of
from registry.texts.engine import messages_query, query_of
from registry.texts.signing import last_name, masked_steps, quick_name, signature_steps
from registry.texts.terms import column

READ = ("signature", "signature_where", "signature_read", "category", "opt_out")
ANSWERED = (*READ, "links", "contacts")


def wordings_query(source: str) -> str:
    """SQL that answers every distinct `masked` text of `source` with READ, `from_text`, `linked` and `numbered`."""
    masked = column("masked")
    steps = signature_steps(masked) + masked_steps(masked) + content_steps(masked)
    texts = f"(SELECT DISTINCT masked FROM {source})"
    read = query_of(texts, steps, (*READ, "from_text", "links", "numbers"))
    columns = ", ".join(READ)
    return f"SELECT masked, {columns}, from_text, len(links) > 0 AS linked, len(numbers) > 0 AS numbered FROM ({read})"


def worded_query(source: str, wordings: str, *, again: bool) -> str:
    """SQL that answers the columns of `source` (with `content` and `masked`) and ANSWERED.

    wordings: a table of what `wordings_query` answers; again: whether it holds texts that are to be read by themselves.
    """
    content = column("content")
    links, contacts = links_of(content).sql, contacts_of(numbers_of(content)).sql
    names = f"WHEN 'quick' THEN {quick_name(content).sql} WHEN 'last' THEN {last_name(content).sql}"
    told = f"""
        SELECT {source}.*, CASE from_text {names} ELSE signature END AS signature,
            signature_where, signature_read, category, opt_out,
            CASE WHEN linked THEN {links} ELSE [] END AS links,
            CASE WHEN numbered THEN {contacts} ELSE [] END AS contacts
        FROM {source} JOIN {wordings} USING (masked)
    """
    if not again:
        return told
    named = f"SELECT masked FROM {wordings} WHERE from_text = 'again'"
    loose = messages_query(f"(SELECT * FROM {source} WHERE masked IN ({named}))")
    return f"{told} WHERE from_text <> 'again' UNION ALL BY NAME SELECT * EXCLUDE ({_MORE}) FROM ({loose})"


_MORE = "signature_sure, category_sure, link_domains"
