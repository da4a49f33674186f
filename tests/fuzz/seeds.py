"""What fuzzing begins with: whole inputs of each kind, so that it need not guess their form."""

from __future__ import annotations

from tests.messages import ARRIVED, SENT, message

_ARTICLE = (
    b'{"id":"a","version":1,"status":"actual","withdrawn":false,"title":"T","text":"Shells hit Kherson.",'
    b'"language":"en","published_at":"2024-01-18T07:30:00Z","source":{"name":"S","url":"https://x.example",'
    b'"country":"UKR"},"tags":["a"],"x":[{"y":null}]}'
)

_CHUNKED = (
    b"POST /v1/articles?a=b&c=%00 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
)


def seeds(target: str) -> list[bytes]:
    """Inputs that a target takes."""
    from services.sink.alerts import next_alert
    from services.sink.merging.report import reports_of

    alert = next_alert("i", reports_of(message()), None, SENT)
    by_target = {
        "article_json": [_ARTICLE, b"key\x00" + _ARTICLE, b"\xef\xbb\xbf" + _ARTICLE, b'{"text":"\\ud800"}'],
        "article_stream": [_ARTICLE + b"\n" + _ARTICLE, b" date 2024-01-18 Two Killed\n\nKyiv: Two died.\n", _ARTICLE],
        "article_head": [b" date 2024-01-18 Two Killed\n\nKyiv: Two people died.", b"Title: X\nBy A. Author\n\nText."],
        "kafka_headers": [
            f"{ARRIVED.isoformat()}\nid\n00-{'a' * 32}-{'b' * 16}-01\n3\nsubject".encode(),
            b"9999-12-31T23:59:59-23:59\n\n00-00\n-1",
        ],
        "events_message": [message().to_bytes(), message(withdrawn=True, events=[]).to_bytes()],
        "alert": [alert.to_bytes()] if alert else [],
        "http_headers": [b"localhost:8080\nBearer tcs_x\ntcs_y", b"[::1]:80\nBasic x"],
        "http_request": [
            _ARTICLE,
            _ARTICLE + b"\n" + _ARTICLE,
            _CHUNKED,
            b"GET /metrics?x=%ff HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain;q=0.5\r\n\r\n",
        ],
        "key_file": [b"# keys\nthe-paper " + b"0" * 64 + b" 2.5\n"],
        "settings": [b"h:9092\n2\n1.5\nPLAIN", b"postgresql://me:pw@h/db?x=1", b"sqlite:////tmp/x"],
    }
    return by_target[target]
