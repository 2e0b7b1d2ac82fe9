"""Two editions of a print tell which pages and facts changed between them."""

from upstander.program.library.content.traces import changes


def test_what_reads_otherwise_came_or_went_is_a_change() -> None:
    before = {"page:talking": "a", "fact:line.one": "1", "fact:line.two": "2"}
    after = {"page:talking": "a", "fact:line.one": "9", "page:online": "b"}
    assert changes(before, after) == ["fact:line.one", "fact:line.two", "page:online"]
    assert changes(before, before) == []
