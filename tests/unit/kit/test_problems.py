from easel.kit.batches import batched
from easel.kit.problems import Problems


def test_problems_are_kept_by_path_in_the_order_they_were_found() -> None:
    problems = Problems()
    assert not problems
    problems.add("prompt", "It is empty.")
    problems.add("model", "It is unknown.")
    problems.add("prompt", "It is also dull.")
    assert problems
    assert problems.details == {"prompt": ["It is empty.", "It is also dull."], "model": ["It is unknown."]}
    assert problems.first == ("prompt", "It is empty.")


def test_a_list_comes_in_pieces_with_nothing_lost() -> None:
    assert [list(piece) for piece in batched(range(7), 3)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batched([], 3)) == []
