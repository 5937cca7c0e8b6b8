import pytest

from infra.samples import Sample, make


@pytest.fixture(scope="session")
def demo() -> Sample:
    """The dossier that `./ocop demo` reads."""
    return make(seed=1, set_no=7, level="office", stars=4)


@pytest.fixture(scope="session")
def coffee() -> Sample:
    """Another office, another set, a clean scan."""
    return make(seed=4, set_no=13, level="clean", stars=3)


@pytest.fixture(scope="session")
def samples(demo: Sample, coffee: Sample) -> dict[str, Sample]:
    return {"demo": demo, "coffee": coffee}


@pytest.fixture(params=["demo", "coffee"])
def sample(request: pytest.FixtureRequest, samples: dict[str, Sample]) -> Sample:
    return samples[request.param]
