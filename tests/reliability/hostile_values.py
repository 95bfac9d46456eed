"""Values that nobody in good faith sends, for parameters and headers."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from urllib.parse import quote


def _cursor(content: object) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


VALUES = {
    "more than 64 bits": "99999999999999999999999",
    "just more than 63 bits": "9223372036854775808",
    "less than -63 bits": "-9223372036854775809",
    "not a number": "NaN",
    "infinity": "1e999",
    "NUL": "a%00b",
    "half a surrogate pair": "%ED%A0%80",
    "not UTF-8": "%FF%FEa",
    "half a percent sign": "%zz%",
    "10,000 characters": "a" * 10_000,
    "10,000 letters of two bytes": quote("é" * 5_000),
    "empty": "",
    "blanks": "%20%09%0A",
    "line ends": "a%0D%0ASet-Cookie:%20b",
    "other scripts": quote("\u202e北京 Ǻ 🙂 " + "e\u0301" * 20),
    **{
        text: quote(text)
        for text in (
            "' OR 1=1 --",
            '"; DROP TABLE claim; --',
            "') UNION SELECT body FROM claim --",
            "\\",
            "%",
            "_",
            "$1",
            ":pk_1",
            "?",
            "NULL",
            "0x1F",
            "'",
            "''",
            "`",
            "/*",
            '"',
            '""',
            '"a',
            "*",
            "**",
            "a*b",
            '"*"',
            "^a",
            "text:a",
            "{text}: a",
            "(",
            ")",
            "a AND",
            "NOT",
            "NOT a",
            "OR",
            "a OR b",
            "NEAR(a b, 5)",
            "-a",
            "+a",
            "a-b",
            "don't",
            "a:b",
            "!a",
            "a & b",
            "a <-> b",
            "<b>",
            "../../etc/passwd",
            "[]",
            "{}",
            "[[[[[[",
            "2025-02-30",
            "2025-11-07/2020",
            "Y99999999",
            "XXXX",
            "2025-1X-XX/..",
            "true",
            "loaded,said_on",
        )
    },
    **{
        f"cursor {number}": _cursor(content)
        for number, content in enumerate(
            (
                "",
                "null",
                "[]",
                "{}",
                "NaN",
                '"',
                "[" * 1_000,
                [1] * 4,
                ["claims", "loaded", None, -1],
                ["claims", "loaded", None, 2**63],
                ["claims", "loaded", None, 2**31],
                ["claims", "said_on", "2025-99-99", 1],
                ["claims", "said_on", {"a": 1}, 1],
                ["claims", "loaded", None, 1.5],
                ["claims", "loaded", None, True],
                ["actors", "name", "\ud800", 1],
                ["actors", "name", "a\0b", 1],
                ["reports", "title", "'", 1],
                ["reports", "title", "x" * 1_400, 1],
                ["events", "date", None, "1"],
                ["claims", "-loaded", 5, 5],
                [0, 0, 0, 0, 0],
                ["changes", 1, "x", 1],
                [[], {}, [], {}],
                ["claims", "loaded", None, float("nan")],
            )
        )
    },
}
"""Percent-encoded, as they stand in the target."""

HEADERS = {
    "Accept": ("*", "application/", ";;;", "text/html;q=NaN", "a/b" * 3_000, "é", "*/*;q=9e999"),
    "Accept-Encoding": ("gzip;q=NaN", ",,,", "zstd;q=-1", "*;q=0", "x" * 5_000, "é"),
    "If-None-Match": ('"', "W/", "*,", "é", '"a' * 2_000),
    "Authorization": (
        "Bearer",
        "Bearer é",
        "Bearer " + "a" * 5_000,
        "Basic Og==",
        "rk_",
        "Bearer \x01",
    ),
    "X-Request-ID": ("é", "a b", "x" * 5_000, "${jndi:ldap://a}", "%0d%0a"),
    "Host": ("", "a b", "[", "[::1", "évil", "a" * 5_000, "x:99999999", "a/b?c#d", "@", '"<>'),
    "Range": ("bytes=0-0", "bytes=-9", "bytes=NaN"),
    "Origin": ("null", "é", "http://" + "a" * 5_000),
    "Content-Type": ("é", "application/json; charset=é", "/", "application/json; charset=utf-7"),
    "Cookie": ("=" * 1_000,),
    "X-Forwarded-For": ("é", "1.1.1.1, " * 500),
    "Forwarded": ("for=é",),
}
