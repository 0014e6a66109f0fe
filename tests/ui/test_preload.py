"""The script that lets the browser fetch parts early names files of Streamlit and nothing else."""

from pathlib import Path

from linkplanner.ui import preload


def test_every_part_is_among_the_files_of_streamlit() -> None:
    text = preload.script()
    for part in preload.NEEDED:
        assert f"'{part}." in text, part


def test_names_that_are_no_plain_names_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "DataFrame.abc-1.js").touch()
    (tmp_path / "DataFrame.'+alert(1)+'.js").touch()
    text = preload.script(tmp_path)
    assert "'DataFrame.abc-1.js'" in text
    assert "alert" not in text


def test_without_such_files_there_is_no_script(tmp_path: Path) -> None:
    assert preload.script(tmp_path) == ""
