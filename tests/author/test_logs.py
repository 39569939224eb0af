"""What is written to logs while a check listens."""

import logging
from collections.abc import Iterator

import pytest

from coursekit.author import NotYet, logs


@pytest.fixture
def shop() -> Iterator[logging.Logger]:
    """A logger that says nothing: its level is high, and it is switched off."""
    logger = logging.getLogger("shop")
    logger.setLevel(logging.CRITICAL)
    logger.propagate, logger.disabled = False, True
    yield logger
    logger.setLevel(logging.NOTSET)
    logger.propagate, logger.disabled = True, False


def state(logger: logging.Logger) -> tuple[object, ...]:
    return logger.level, logger.propagate, logger.disabled, logger.handlers[:]


def messages(kept: list[logging.LogRecord]) -> list[str]:
    return [logs.message(record) for record in kept]


def test_records_of_one_logger(shop: logging.Logger) -> None:
    before = state(shop)
    with logs.records("shop") as kept:
        shop.debug("%s loaves", 3)
        logging.getLogger("other").error("a fire")
    assert messages(kept) == ["3 loaves"]
    assert state(shop) == before
    shop.critical("over")
    assert len(kept) == 1


def test_records_of_one_logger_are_heard_by_no_other(shop: logging.Logger) -> None:
    with logs.everything() as others, logs.records("shop") as kept:
        shop.error("a fire")
        logging.getLogger("other").error("smoke")
    assert (messages(kept), messages(others)) == (["a fire"], ["smoke"])


def test_everything_is_heard_whatever_the_logger_and_its_level(shop: logging.Logger) -> None:
    before = state(shop), state(logging.root)
    with logs.everything() as kept:
        shop.debug("bread")
        logging.getLogger("shop.oven").debug("hot")
        logging.getLogger("made.meanwhile").debug("new")
        logging.info("at the root")
    assert messages(kept) == ["bread", "hot", "new", "at the root"]
    assert (state(shop), state(logging.root)) == before


def test_libraries_are_not_heard_and_keep_their_levels() -> None:
    library = logging.getLogger("sqlalchemy.engine")
    before = state(library)
    with logs.everything() as kept:
        assert state(library) == before
        library.error("BEGIN")
        logging.getLogger("httpx").error("GET /")
    assert kept == []


def test_nothing_reaches_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    screen = logging.StreamHandler()
    logging.root.addHandler(screen)
    try:
        with logs.everything():
            logging.error("a fire")
        logging.error("smoke")
    finally:
        logging.root.removeHandler(screen)
    assert capsys.readouterr().err == "smoke\n"


def test_all_is_as_it_was_after_an_exception(shop: logging.Logger) -> None:
    before = state(shop), state(logging.root)
    with pytest.raises(RuntimeError), logs.everything(), logs.records("shop"):
        raise RuntimeError
    assert (state(shop), state(logging.root)) == before


def test_a_handler_that_is_added_meanwhile_is_gone_afterwards(shop: logging.Logger) -> None:
    before = state(shop)
    with logs.records("shop"):
        shop.addHandler(logging.NullHandler())
    assert state(shop) == before


def test_values_that_do_not_fit_their_message() -> None:
    with logs.everything() as kept:
        logging.getLogger("shop").error("no card for", 7)
    with pytest.raises(NotYet, match="no card for") as caught:
        logs.message(kept[0], why="Somebody has no card.")
    assert caught.value.why == "Somebody has no card."
