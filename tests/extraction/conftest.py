import pytest

from extraction.engines import LineEngine, load_engine


@pytest.fixture(scope="session")
def reader() -> LineEngine:
    """The default engine, loaded once."""
    return load_engine("reader")
