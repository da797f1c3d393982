"""`sonhom template` and `sonhom model`: out of one book, into another; what is refused ends with 1 and says why."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import call


def test_a_template_travels_by_command(demo: Path, tmp_path: Path) -> None:
    listed = call("template", demo, "list", "--json").json["templates"]
    assert [row["code"] for row in listed][:1] == ["vsla"]
    assert {"rosca", "women-union", "cooperative-group"} <= {row["code"] for row in listed}
    file = tmp_path / "mau.somau"
    missing = call("template", demo, "copy", "--group", "N-002")
    assert missing.code == 2
    assert "--template, --title, --explanation" in missing.err
    copied = call(
        "template", demo, "copy", "--group", "N-002", "--template", "to-moi", "--title", "Tổ mới",
        "--explanation", "Cho ấp ven sông",
    )  # fmt: skip
    assert copied.code == 0, copied.err
    assert call("template", demo, "export", "--template", "to-moi", "--file", file).code == 0
    other = tmp_path / "khac.sonhom"
    assert call("new", other, "--name", "Xã khác").code == 0
    said = call("template", other, "import", "--file", file, "--json")
    assert said.code == 0, said.err
    assert said.json == {"template": "to-moi", "file": str(file)}
    again = call("template", other, "import", "--file", file)
    assert (again.code, "đã có trong sổ" in again.err) == (1, True)
    file.write_bytes(file.read_bytes()[:100])
    assert call("template", other, "import", "--file", file).code == 1
    gone = call("template", other, "import", "--file", tmp_path / "khong-co.somau")
    assert (gone.code, str(tmp_path / "khong-co.somau") in gone.err) == (3, True)
    assert call("template", other, "export", "--template", "la", "--file", file).code == 1


def test_a_model_travels_by_command(demo: Path, tmp_path: Path) -> None:
    said = call("model", demo, "list", "--json", "--day", "23/11/2026").json
    assert [row["code"] for row in said["models"]] == ["MH-VSLA-01"]
    assert {place["model"] for place in said["places"]} == {"MH-VSLA-01"}
    file = tmp_path / "mo-hinh.somau"
    assert call("model", demo, "export", "--model", "mh-vsla-01", "--file", file).code == 0
    other = tmp_path / "khac.sonhom"
    call("new", other, "--name", "Xã khác")
    assert call("model", other, "import", "--file", file).code == 0
    rows = call("model", other, "list", "--json").json["models"]
    assert [(row["code"], row["adopted"]) for row in rows] == [("MH-VSLA-01", 0)]
    assert call("model", other, "export", "--model", "LA", "--file", file).code == 1


def test_constitution_and_passbooks_are_printed_by_command(demo: Path, tmp_path: Path) -> None:
    for key in ("constitution", "passbook"):
        said = call(
            "report", demo, key, "--group", "N-001", "--day", "20/10/2026", "--out", tmp_path, "--json"
        )
        assert said.code == 0, said.err
        assert Path(said.json["file"]).read_bytes().startswith(b"%PDF")
