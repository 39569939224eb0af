"""The package alone: what it imports, and what its wheel holds."""

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.tenpoint.samples import ROOT, shop

PACKAGE = ROOT / "tenpoint"
OF_THE_APP = {"fastapi", "starlette"}


def modules_loaded_by(code: str) -> set[str]:
    """The packages that this code loads, without those of the standard library."""
    program = f"import sys; before = set(sys.modules); {code}; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()} - sys.stdlib_module_names


class TestImports:
    def test_the_package_loads_itself_only(self) -> None:
        assert modules_loaded_by("import tenpoint") == {"tenpoint"}

    @pytest.mark.parametrize("module", ["command", "worker"])
    def test_so_does_each_side_of_the_command(self, module: str) -> None:
        """FastAPI is loaded where an app is: not in the command's process, which may lack it."""
        assert modules_loaded_by(f"import tenpoint.{module}") == {"tenpoint"}

    @pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.stem)
    def test_no_module_names_another_package(self, file: Path) -> None:
        nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        named |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        assert {name.partition(".")[0] for name in named} <= {"tenpoint", *OF_THE_APP, *sys.stdlib_module_names}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-P", "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=PACKAGE, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


class TestWheel:
    def test_holds_the_package_and_nothing_else(self, wheel: Path) -> None:
        names = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
        modules = {one.relative_to(ROOT) for one in PACKAGE.rglob("*.py")}
        assert {name for name in names if not name.parts[0].endswith(".dist-info")} == modules

    def test_reviews_an_app_where_nothing_else_is_installed(self, wheel: Path, tmp_path: Path) -> None:
        (tmp_path / "shop.py").write_text(shop(), encoding="utf-8")
        zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
        code = "import sys; sys.path.insert(0, 'installed'); from tenpoint.command import main; sys.exit(main())"
        command = [
            sys.executable,
            "-I",
            "-S",
            "-c",
            code,
            "shop:app",
        ]  # without site-packages; the app's process has them
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert "C5   held" in done.stdout
