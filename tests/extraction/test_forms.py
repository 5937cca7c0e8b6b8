"""The printed tables: nothing of a rulebook file is lost on the way."""

import yaml

from extraction.forms import Forms
from infra.reference import RULEBOOKS


def test_every_row_and_option_of_every_file_is_known() -> None:
    tables = {(table.short, table.set_no): table for table in Forms(RULEBOOKS).tables}
    for file in RULEBOOKS.glob("qd*.yaml"):
        content = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        table = tables.pop((content["rulebook"], content["set_no"]))
        printed = [(each["code"], [option["text_vi"] for option in each["options"]]) for each in content["criteria"]]
        assert [(each.code, [option.text for option in each.options]) for each in table.criteria] == printed
    assert not tables
