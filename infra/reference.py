"""Where reference data lies that more than one room reads (as data, never as code)."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULEBOOKS = ROOT / "scoring" / "rulebooks"  # criteria tables: facts of law, one YAML file a table
