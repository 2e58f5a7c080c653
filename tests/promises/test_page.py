"""docs/promises.md says what the tests hold, and no promise is without one."""

from tests.promises.page import PAGE, figures, holding, promises, rendered

AGAIN = "python3 dev.py promises tests/promises/test_promise_NN_... writes them anew"


def test_the_page_is_what_the_tests_say():
    assert PAGE.read_text(encoding="utf-8") == rendered(), "drifted: python3 dev.py promises --page"


def test_every_promise_has_a_test_or_says_what_it_comes_with():
    held = {test.number for test in holding()}
    assert {number for number, row in promises().items() if number not in held and "later" not in row} == set()
    assert held - set(promises()) == set()


def test_every_test_of_a_promise_has_said_what_it_measured():
    assert {test.address for test in holding()} - figures().keys() == set(), AGAIN


def test_no_figure_outlives_its_test():
    assert figures().keys() - {test.address for test in holding()} == set(), AGAIN
