import socket

import pytest

from services.common.errors import Rejected
from services.common.kafka import admin, cluster_id, consumer, producer
from services.common.settings import Settings, load_settings


@pytest.fixture
def nowhere() -> Settings:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return load_settings(bootstrap=f"127.0.0.1:{free.getsockname()[1]}")


async def test_without_a_broker_every_client_says_where_it_looked(nowhere: Settings) -> None:
    with pytest.raises(Rejected, match=nowhere.bootstrap):
        async with producer(nowhere, client_id="test"):
            pass
    with pytest.raises(Rejected, match="TOCSIN_BOOTSTRAP"):
        async with consumer(nowhere, "articles", group=None):
            pass
    with pytest.raises(Rejected):
        async with admin(nowhere):
            pass
    with pytest.raises(Rejected):
        await cluster_id(nowhere)
