"""Categories are read no worse than measured."""

from tests.shared import needs_shared
from tests.texts.category_accuracy import confusion, made, of_category, real, right


@needs_shared
def test_categories_of_real_messages_are_read_no_worse_than_measured():
    table = confusion(real())
    precision, recall = of_category(table, "marketing")
    assert table.total() >= 600
    assert right(table) >= 0.84
    assert precision >= 0.93
    assert recall >= 0.85


def test_the_made_worlds_wordings_are_read_as_what_they_were_written_for():
    assert right(confusion(made())) >= 0.97
