"""The page memory: a page read before is not read again, in whatever file or dossier it comes.

It knows hashes of what is drawn on pages and where their readings lie, and nothing of dossiers: whoever has the page
gets its reading, and nobody else anything.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import select

from extraction import tables
from infra.database import Database, upsert
from infra.events.values import ObjectRef

HERE = Path(__file__).parent
NOT_READING = ("migrations", "training")  # folders whose changes leave readings as they are


class PageMemory:
    """`reader` names who reads, with its version: what another one read is not used."""

    def __init__(self, database: Database, reader: str) -> None:
        self.database, self.reader = database, reader

    def contents(self, sha256: str, pages: Iterable[int]) -> dict[int, str]:
        """The content hash of those pages of the file with this hash that were looked at before."""
        known = tables.page_content
        asked = select(known.c.page, known.c.content).where(known.c.sha256 == sha256, known.c.page.in_(list(pages)))
        with self.database.reading() as connection:
            return {row.page: row.content for row in connection.execute(asked)}

    def note(self, sha256: str, contents: Mapping[int, str]) -> None:
        with self.database.transaction() as connection:
            for page, content in contents.items():
                key = {"sha256": sha256, "page": page}
                upsert(connection, tables.page_content, tuple(key), {**key, "content": content})

    def recall(self, content: str) -> ObjectRef | None:
        """Where the reading of a page with this content lies."""
        known = tables.reading_memory
        asked = select(known.c.reading).where(known.c.content == content, known.c.reader == self.reader)
        with self.database.reading() as connection:
            found = connection.execute(asked).scalar_one_or_none()
        return ObjectRef.model_validate(found) if found else None

    def keep(self, content: str, reading: ObjectRef) -> None:
        key = {"content": content, "reader": self.reader}
        row = {**key, "reading": reading.model_dump(mode="json")}
        with self.database.transaction() as connection:
            upsert(connection, tables.reading_memory, tuple(key), row)


@cache
def code_version() -> str:
    """A hash over this package's code and weights: pages read by another version are read again."""
    digest = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        place = path.relative_to(HERE)
        if path.is_file() and "__pycache__" not in place.parts and place.parts[0] not in NOT_READING:
            digest.update(str(place).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
