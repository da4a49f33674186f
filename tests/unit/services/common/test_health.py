import aiohttp
import pytest

from services.common.errors import Fatal
from services.common.health import serve_health

HOST = "127.0.0.1"


async def test_the_three_routes_answer() -> None:
    checks = {"broker": True, "store": False}
    async with serve_health(0, HOST, lambda: checks) as port, aiohttp.ClientSession(f"http://{HOST}:{port}") as http:
        async with http.get("/metrics") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"].startswith("text/plain; version=")
            assert "tocsin_build_info" in await answer.text()
        async with http.get("/healthz") as answer:
            assert answer.status == 200
        async with http.get("/readyz") as answer:
            assert (answer.status, await answer.json()) == (503, {"ready": False, "broker": True, "store": False})
        checks["store"] = True
        async with http.get("/readyz") as answer:
            assert answer.status == 200


async def test_a_port_that_is_taken_is_told() -> None:
    async with serve_health(0, HOST, dict) as port:
        with pytest.raises(Fatal, match=str(port)):
            async with serve_health(port, HOST, dict):
                pass
