"""What the proof leaves out because no change can have broken it: the parts of the proof, and the digests of what they read."""

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOK = "notebooks/04_1_tables_and_sessions.ipynb"


@pytest.fixture
def proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The root's conftest.py, which looks at a copy of a few files."""
    spec = importlib.util.spec_from_file_location("proof", ROOT / "conftest.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in (
        NOTEBOOK,
        "notebooks/.cells/04_1_tables_and_sessions.json",
        "lessons/04_database/1_tables_and_sessions.md",
        "conftest.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


def digest(proof: ModuleType, nodeid: str, *, reads_everything: bool = False) -> str:
    proof._content.cache_clear()
    proof._code.cache_clear()
    _, places = proof.part_of(nodeid, reads_everything=reads_everything)
    found: str = proof.digest_of(places)
    return found


CELL = f"{NOTEBOOK}::ipynb::Cell 3"
AGAIN = "tests/lessons/test_notebooks.py::test_a_cell_run_again_gives_the_same[04_1_tables_and_sessions.ipynb]"
TEXT = "tests/lessons/test_lessons.py::test_a_text"
KIT = "tests/judging/test_judge.py::test_a_judge"
OTHER = "notebooks/05_1_passwords.ipynb::ipynb::Cell 3"
ALL = [CELL, AGAIN, TEXT, KIT, OTHER]


def changed_by(proof: ModuleType, file: str, old: str, new: str) -> list[str]:
    """Which tests a change to a file makes run again."""
    before = [digest(proof, one) for one in ALL]
    path = proof.ROOT / file
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return [one for one, digest_before in zip(ALL, before, strict=True) if digest(proof, one) != digest_before]


def test_a_sentence_runs_no_cell_again(proof: ModuleType) -> None:
    path = proof.ROOT / NOTEBOOK
    sentence = next(one for one in json.loads(path.read_bytes())["cells"] if one["cell_type"] == "markdown")["source"]
    line = sentence if isinstance(sentence, str) else sentence[0]
    assert changed_by(proof, NOTEBOOK, json.dumps(line, ensure_ascii=False)[1:-1], "# Another text") == [TEXT]


def test_code_and_output_run_again(proof: ModuleType) -> None:
    assert changed_by(proof, NOTEBOOK, '"cell_type": "code"', '"cell_type": "code", "changed": true') == [
        CELL,
        AGAIN,
        TEXT,
    ]


def test_what_all_parts_read_runs_all_again(proof: ModuleType) -> None:
    assert changed_by(proof, "conftest.py", "import json", "import json  # changed") == ALL


def test_the_text_of_a_lesson_is_read_by_its_tests_only(proof: ModuleType) -> None:
    assert changed_by(proof, "lessons/04_database/1_tables_and_sessions.md", "the", "teh") == [TEXT]


def test_a_marked_test_reads_everything(proof: ModuleType) -> None:
    assert digest(proof, KIT, reads_everything=True) != digest(proof, KIT)
    assert proof.part_of(KIT, reads_everything=True)[0] != proof.part_of(KIT, reads_everything=False)[0]
