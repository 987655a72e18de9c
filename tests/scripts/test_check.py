"""`make check` runs everything, and names what failed and what repairs it."""

from scripts import check


def test_all_checks_run_and_failures_name_their_repair(monkeypatch, capsys):
    checks = (
        check.Check("format", "python -c print(1/0)", "make fmt"),
        check.Check("lint", "python -c 1/0", "make fmt"),
        check.Check("types", "python -c pass"),
    )
    monkeypatch.setattr(check, "CHECKS", checks)
    assert check.main() == 1
    said = capsys.readouterr().out
    assert "ZeroDivisionError" in said
    assert "check: types           ok" in said
    assert "check: failed: format, lint\n" in said
    assert said.endswith("check: may repair it: make fmt\n")


def test_success_is_silent_about_repairs(monkeypatch, capsys):
    passing = check.Check("types", "python -c pass", "make fmt")
    monkeypatch.setattr(check, "CHECKS", (passing,))
    assert check.main() == 0
    assert "repair" not in capsys.readouterr().out
