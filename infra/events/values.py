"""Values that events are made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Box = tuple[int, int, int, int]  # left, top, right, bottom; pixels of the upright page
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]
Points = Annotated[str, Field(pattern=r"^\d+(/\d+)?$")]  # an exact fraction, e.g. "583/9": never a float


class Value(BaseModel):
    """Part of an event. Unknown keys are ignored: old readers survive new fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ObjectRef(Value):
    """Bytes in the object store: where they lie and what they must hash to."""

    key: str
    sha256: Sha256
    size: Annotated[int, Field(ge=0)]  # bytes
    media_type: str


class RulebookRef(Value):
    """A criteria table: the decision as printed (`QĐ 26/2026/QĐ-TTg`) and its set number."""

    decision: str
    set_no: int
