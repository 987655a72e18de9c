"""Where documents are written to and generated from."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "server" / "mailbot_server"
SDK = ROOT / "clients" / "python" / "mailbot"


def modules(folder: Path) -> list[Path]:
    """Python files right in `folder`, the package itself left out, sorted."""
    return sorted(p for p in folder.glob("*.py") if p.name != "__init__.py")


def packages(folder: Path) -> list[Path]:
    """Packages right in `folder`, sorted."""
    return sorted(p.parent for p in folder.glob("*/__init__.py"))
