"""The sample, written once for all tests of this room."""

import pytest

from linkplanner.sample import Sample, write_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample with its own seed."""
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def documents(sample: Sample) -> dict[str, str]:
    """Built pages by path."""
    found = {}
    for file in sorted(sample.site.rglob("index.html")):
        folder = file.parent.relative_to(sample.site).as_posix()
        found["/" if folder == "." else f"/{folder}/"] = file.read_text(encoding="utf-8")
    return found
