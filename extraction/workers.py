"""The processes that read pages, and what is asked of them: by name, so that whoever asks loads no engine."""

from functools import partial

from infra.sandbox import Named, Sandbox

READ = Named("extraction.page_work", "read_timed")
CONTENTS = Named("extraction.page_work", "content_of_pages")
WARM_UP = Named("extraction.page_work", "warm_up")


def page_workers(count: int, engine: str) -> Sandbox:
    """None is started yet; each will come with the engine loaded."""
    return Sandbox(count, prepare=partial(WARM_UP, engine))
