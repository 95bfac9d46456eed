"""Bodies that nobody in good faith posts."""

from __future__ import annotations

from collections.abc import Iterator

_DEEP = 100_000


def bodies() -> Iterator[tuple[str, str, bytes]]:
    """Bodies of POST: what they are called, their media type, the bytes."""
    text = '{"text": "France said it rained."'
    for name, more in {
        "NaN": ', "title": NaN}',
        "infinity": ', "title": Infinity}',
        "a huge integer": ', "title": 1' + "0" * 5_000 + "}",
        "half a surrogate pair": ', "title": "\\ud800"}',
        "NUL": ', "title": "a\\u0000b"}',
        "an unknown key": ', "pk": 1}',
        "a key twice": ', "title": "a", "title": "b"}',
        "a long title": f', "title": "{"a" * 10_000}"}}',
        "a day that does not exist": ', "published_on": "2025-02-30"}',
        "a day as a number": ', "published_on": 20250230}',
        "a far day": ', "published_on": "99999-01-01"}',
        "a script as url": ', "url": "javascript:alert(1)"}',
        "a broken url": ', "url": "http://[::1"}',
        "a foreign language": ', "language": "\'; DROP"}',
        "a name with a path": ', "name": "../../etc/passwd\\n"}',
        "objects for strings": ', "title": {"$gt": ""}}',
        "an end that is missing": "",
        "more after the end": "} {}",
    }.items():
        yield name, "application/json", (text + more).encode()
    yield "deep JSON", "application/json", b"[" * _DEEP + b"]" * _DEEP
    yield (
        "deep JSON within",
        "application/json",
        b'{"text": ' + b'{"a":' * _DEEP + b"1" + b"}" * (_DEEP + 1),
    )
    yield "not UTF-8", "application/json", b'{"text": "\xff\xfe"}'
    yield "surrogates in UTF-8", "application/json", b'{"text": "\xed\xa0\x80"}'
    yield "UTF-16", "application/json", '{"text": "a"}'.encode("utf-16")
    for name, content in {
        "nothing": b" ",
        "a number": b"1",
        "null": b"null",
        "a list": b"[]",
        "a string": b'"a"',
        "no text": b"{}",
        "an empty text": b'{"text": ""}',
        "a text that is a number": b'{"text": 1}',
        "NULs": b"\0" * 100,
        "one long word": b'{"text": "' + b"a" * 20_000 + b'"}',
    }.items():
        yield name, "application/json", content
    front = b"---\n%s\n---\nFrance said it rained.\n"
    for name, content in {
        "not UTF-8": b"\xff\xfe\xfd",
        "NULs": b"a\0b",
        "a lone surrogate": b"\xed\xa0\x80",
        "only blanks": b" \n ",
        "YAML that makes objects": front % b"title: !!python/object/apply:os.system [ls]",
        "YAML that grows": front
        % b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\ntitle: [*c,*c]",
        "deep YAML": front % (b"title: " + b"[" * 4_000),
        "broken YAML": front % b"title: [",
        "YAML of a date": front % b"title: 2025-02-30",
        "YAML of a list": front % b"- a",
        "YAML of a huge number": front % (b"title: 0x" + b"F" * 3_000),
        "one long word": b"a" * 20_000,
    }.items():
        yield f"{name} (text)", "text/markdown", content
    lines = [
        b'{"text": 1}',
        b"[" * 5_000,
        b"\xff",
        b"",
        b"null",
        b'{"text": "\\ud800"}',
        b"NaN",
        b"{" * 9,
    ]
    yield "bad lines", "application/x-ndjson", b"\n".join(lines)
    yield "a form", "multipart/form-data; boundary=a", b"--a--"
    yield (
        "XML",
        "application/xml",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    )
    yield "50 MB", "application/json", b'{"text": "' + b"a " * 25_000_000 + b'"}'
    yield "50 MB of text", "text/plain", b"a " * 25_000_000
