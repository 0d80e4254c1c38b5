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
