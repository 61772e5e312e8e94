"""What is read for a frozen list is what stood in it: against descent told by sets."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from registry.traffic.lineage import parts


@dataclass
class File:
    id: int
    of_files: int = 0
    replaced_by: int | None = None
    held: frozenset[int] = field(default=frozenset())  # the ids of the files out of ingests whose rows stand in it


def grown(steps):
    """Files that came one by one, and now and then were put together; and every list that there was."""
    files, lists = [], []
    for number, (step, share) in enumerate(steps):
        now = [file for file in files if file.replaced_by is None]
        chosen = now[: max(2, round(len(now) * share))]
        if step and len(chosen) > 1:
            whole = File(number, len(chosen), held=frozenset().union(*(file.held for file in chosen)))
            for file in chosen:
                file.replaced_by = number
            files.append(whole)
        else:
            files.append(File(number, held=frozenset({number})))
        lists.append([file for file in files if file.replaced_by is None])
    return files, lists


def read(found):
    return [source for file, sources in found for source in (file.held if sources is None else sources)]


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=30))
def test_whatever_was_put_together_since_every_list_reads_what_it_held(steps):
    files, lists = grown(steps)
    assert sorted(read(parts(files))) == sorted(file.id for file in files if not file.of_files)
    for then in lists:
        found = parts(files, [file.id for file in then])
        assert sorted(read(found)) == sorted(source for file in then for source in file.held)
        assert all(file.replaced_by is None for file, _sources in found)
        assert all(sources is None or set(sources) < file.held for file, sources in found)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=30))
def test_files_without_a_column_of_sources_are_read_first(steps):
    files, _lists = grown(steps)
    whole = [file.of_files > 0 for file, sources in parts(files) if sources is None]
    assert whole == sorted(whole)
