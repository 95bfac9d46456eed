"""What becomes of each kind of document, good and bad."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.document import Document, DocumentError, title_of, with_language
from app.ingest.read import Refusal, count, parse, parse_line, read

TEXT = "The minister resigned on Monday."


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        parse("x.txt", data)
    reason = str(caught.value)
    assert "\n" not in reason
    return reason


def outcomes(folder: Path) -> dict[str, str]:
    """The text or the reason of refusal, by the name in the folder."""
    return {
        found.name.removeprefix(f"{folder}/"): (
            found.reason if isinstance(found, Refusal) else found.text
        )
        for found in read([folder])
    }


def test_a_text_without_front_matter_is_taken_verbatim() -> None:
    document = parse("x.txt", b"One.\r\n\r\n  Two.\r\n")
    assert document.text == "One.\r\n\r\n  Two.\r\n"
    assert document.publisher is None


def test_front_matter_says_what_the_document_is() -> None:
    document = parse(
        "x.md",
        b"---\ntitle: Minister goes\npublisher: The Harbour Post\npublished_on: 2025-03-04\n"
        b"url: https://harbour.example/1\nlanguage: en\n---\n\n" + TEXT.encode(),
    )
    assert document.title == "Minister goes"
    assert document.publisher == "The Harbour Post"
    assert document.published_on == dt.date(2025, 3, 4)
    assert document.url == "https://harbour.example/1"
    assert document.text == "\n" + TEXT


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    document = parse("x.md", b"\xef\xbb\xbf---\r\ntitle: Minister goes\r\n---\r\n" + TEXT.encode())
    assert (document.title, document.text) == ("Minister goes", TEXT)


def test_a_line_of_json_has_the_same_keys_and_the_text() -> None:
    document = parse_line("x.jsonl:1", b'{"text": "He left.", "published_on": "2025-03-04"}')
    assert (document.text, document.published_on) == ("He left.", dt.date(2025, 3, 4))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the document is empty"),
        (b" \r\n\t", "the document is empty"),
        (b"---\ntitle: x\n---\n \n", "the document is empty"),
        (b"Fine until \xff here", "invalid UTF-8 at byte 11"),
        (b"A word\0and another" + b" and more" * 50, "a NUL byte at byte 6"),
        (bytes(range(256)) * 10, "binary, not text"),
        ("Hello".encode("utf-16"), "UTF-16, only UTF-8 is read"),
        (b"---\ntitle: x\nno end", "front matter that is opened with --- and never closed"),
        (
            b"---\ntitle: [x\n---\ntext",
            "broken front matter in line 3: expected ',' or ']', but got '<stream end>'",
        ),
        (b"---\njust words\n---\ntext", "broken front matter: it should be `key: value` lines"),
        (b"---\nautor: x\n---\ntext", "front matter: unknown key 'autor'"),
        (
            b"---\ntitle: a\ntitle: b\n---\nx",
            "broken front matter in line 3: 'title' is there twice",
        ),
        (b"---\na: &a x\ntitle: *a\n---\nx", "broken front matter in line 3: aliases are not read"),
        (b"---\ntitle: !!bool maybe\n---\nx", "broken front matter: it is no YAML"),
        (
            b"---\npublished_on: 2025-13-45\n---\nx",
            "front matter: published_on: should be a day such as 2025-11-07",
        ),
        (
            b"---\npublished_on: 2025-11-07T10:00:00Z\n---\nx",
            "front matter: published_on: should be a day such as 2025-11-07",
        ),
        (b"---\ntitle: 5\n---\ntext", "front matter: title: input should be a valid string"),
        (
            b"---\npublished_on: 31 February\n---\ntext",
            "front matter: published_on: should be a day such as 2025-11-07",
        ),
        (
            b"---\nurl: javascript:alert(1)\n---\ntext",
            "front matter: url: should be an address that starts with http:// or https://",
        ),
        (
            b"a " * 500_001,
            "the text has 1,000,002 characters, at most 1,000,000 are read",
        ),
        (
            b"Well: " + b"x" * 900_000,
            "more than 10,000 characters without a blank, from character 6 on",
        ),
    ],
)
def test_bad_documents_are_refused_with_the_reason(data: bytes, reason: str) -> None:
    assert refusal(data) == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1]", "should be a JSON object"),
        (b'{"title": "x"}', "key 'text' is missing"),
        (b'{"text": 5}', "text: input should be a valid string"),
        (b'{"text": "x", "id": 5}', "unknown key 'id'"),
        (b'{"text": "a\\u0000b"}', "the text contains a NUL character"),
        (b'{"text": "x", "published_on": 1700000000}', "published_on: should be a day such as"),
        (b'{"text": ', "not JSON: "),
        (b'{"text": "\\ud800"}', "not JSON: "),
    ],
)
def test_bad_lines_are_refused_with_the_reason(line: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason.split("(", maxsplit=1)[0]):
        parse_line("x.jsonl:1", line)


def test_a_folder_is_read_in_order_and_bad_documents_do_not_stop_it(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT)
    folder = tmp_path / "news"
    (folder / "older").mkdir(parents=True)
    (folder / "b.txt").write_text("B.")
    (folder / "a.md").write_text("A.")
    (folder / "older" / "c.txt").write_text("C.")
    (folder / "empty.txt").touch()
    (folder / "folder.txt").mkdir()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / "README.md").write_text("About these files")
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "away.txt").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to(folder / "missing.txt")
    (folder / "wire.jsonl").write_bytes(b'{"text": "W."}\n\nbad\n{"text": "Z."}\n')
    os.mkfifo(folder / "pipe.txt")
    found = outcomes(folder)
    assert list(found) == [
        "a.md",
        "away.txt",
        "b.txt",
        "empty.txt",
        "folder.txt",
        "nowhere.txt",
        "photo.jpg",
        "pipe.txt",
        "wire.jsonl:1",
        "wire.jsonl:3",
        "wire.jsonl:4",
        "older/c.txt",
    ]
    assert found["a.md"] == "A."
    assert found["away.txt"] == "a link that leads out of the folder"
    assert found["empty.txt"] == "the document is empty"
    assert found["folder.txt"] == "a folder, not a file"
    assert found["nowhere.txt"] == "a link that leads nowhere"
    assert found["photo.jpg"] == "only .txt, .md and .jsonl are read"
    assert found["pipe.txt"] == "not a regular file"
    assert found["wire.jsonl:3"].startswith("not JSON")
    assert found["wire.jsonl:4"] == "Z."


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    (found,) = read([tmp_path / "missing"])
    assert str(found) == f"{tmp_path / 'missing'}: no such file or folder"


def test_names_and_links_that_only_file_systems_allow_are_refused(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text(TEXT)
    (tmp_path / "two\nlines.txt").write_text(TEXT)
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert outcomes(tmp_path) == {
        "\\udcff.txt": "the file's name is not one line of UTF-8",
        "two\\nlines.txt": "the file's name is not one line of UTF-8",
        "loop.txt": "cannot be read: Too many levels of symbolic links",
    }


def test_an_unreadable_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_folder: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "secret"))

    monkeypatch.setattr(os, "scandir", denied)
    assert outcomes(tmp_path) == {"secret": "cannot be read: Permission denied"}


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x.txt").write_text(TEXT)
    monkeypatch.setattr(Path, "read_bytes", fail)
    assert outcomes(tmp_path) == {"x.txt": "cannot be read: Permission denied"}


def test_documents_are_counted_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.jsonl").write_text('{"text": "B."}\n{"text": "C."}\n')
    assert count([tmp_path]) == 3


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Harbour closed #\n\nThe harbour closed.", "Harbour closed"),
        ("Harbour closed after storm\n\nThe harbour closed.", "Harbour closed after storm"),
        ("The harbour closed.", "The harbour closed."),
        ("word " * 100, "word " * 23 + "word…"),
        ("x" * 300, "x" * 120 + "…"),
    ],
)
def test_a_title_is_told_from_the_text(text: str, title: str) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT * 10, "en"),
        ("Die Regierung teilte am Montag mit, dass sie den Vertrag kündigen werde. " * 4, "de"),
        ("Le ministre a déclaré mardi que la France ne participerait pas.", "fr"),
        ("OSLO (Reuters) - Ødegaard", "en"),
        ("😀😀", "en"),
        ("中国外交部发言人表示,北京反对任何形式的单边制裁。", "zh"),
        ("قال وزير الخارجية المصري إن بلاده ترفض ذلك.", "ar"),
        ("विदेश मंत्रालय ने मंगलवार को कहा।", "hi"),
        ("President Xi Jinping (习近平) said on Tuesday that talks would go on.", "en"),
    ],
)
def test_the_language_is_told_from_the_text_and_english_in_doubt(text: str, language: str) -> None:
    document = with_language(parse("x.txt", text.encode()))
    assert document.language == language
    assert document.not_extracted == (None if language == "en" else f"language: {language}")


def test_the_publisher_knows_the_language_best() -> None:
    document = with_language(parse("x.txt", b"---\nlanguage: en-GB\n---\n" + "Grüß Gott".encode()))
    assert (document.language, document.not_extracted) == ("en-GB", None)


def test_the_id_depends_on_text_and_metadata_and_not_on_the_name() -> None:
    first, second = parse("x.txt", b"One."), parse("y.txt", b"One.")
    assert first.id == second.id
    assert parse("x.txt", b"Two.").id != first.id
    assert parse("x.txt", b"---\npublisher: Post\n---\nOne.").id != first.id


@given(st.binary(max_size=300))
def test_any_bytes_become_a_document_or_one_line_of_reason(data: bytes) -> None:
    for parser in (parse, parse_line):
        try:
            document = parser("x", data)
        except DocumentError:
            continue
        assert isinstance(document, Document)
        document.text.encode()


@given(st.text(max_size=200))
def test_front_matter_of_any_text_is_read_or_refused(yaml: str) -> None:
    data = f"---\n{yaml}\n---\nText.".encode(errors="surrogatepass")
    with suppress(DocumentError):
        assert parse("x.md", data).text
