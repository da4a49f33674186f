"""An endpoint on the loopback that speaks the protocol of chat completions and answers as a test bids it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Bid:
    """One answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    """Say nothing until the test is over."""
    trickle: bool = False
    """Send a byte now and then until the test is over."""


def completion(content: str | None, finish: str = "stop", total_tokens: int | None = 100, **message: Any) -> Bid:
    body: dict[str, Any] = {
        "id": "c-1",
        "object": "chat.completion",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
        ],
    }
    if total_tokens is not None:
        body["usage"] = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": total_tokens}
    return Bid(body=json.dumps(body).encode())


def answer(*events: dict[str, Any], **more: Any) -> Bid:
    return completion(json.dumps({"events": list(events)}), **more)


@dataclass
class Stub:
    """What was asked, and what is to be answered: the bids one by one, the last one for ever."""

    url: str
    bids: list[Bid] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


def _handler(stub: Stub, over: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stub.paths.append(self.path)
            stub.headers.append({name.lower(): value for name, value in self.headers.items()})
            stub.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            bid = stub.bids.pop(0) if len(stub.bids) > 1 else stub.bids[0]
            if bid.hang:
                over.wait()
                return
            self.send_response(bid.status)
            for name, value in bid.headers.items():
                self.send_header(name, value)
            if not bid.trickle:
                self.send_header("Content-Length", str(len(bid.body)))
            self.end_headers()
            try:
                self.wfile.write(bid.body)
                while bid.trickle and not over.wait(0.02):
                    self.wfile.write(b" ")
            except OSError:
                return  # the client had enough

        def do_GET(self) -> None:
            stub.paths.append(f"GET {self.path}")
            self.send_error(405)

        def log_message(self, *_: Any) -> None:
            """Tests read what was asked from the stub."""

    return Handler


@contextmanager
def serve() -> Iterator[Stub]:
    over = threading.Event()
    stub = Stub("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stub, over))
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
