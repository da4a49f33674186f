"""Before anything runs: the folder, the ports, the alerts of last time; then the broker, and the rest in run.py."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.kafka import BrokerError, start_broker
from deploy.kafka.fetch import classpath
from deploy.kafka.ports import HOST, free_ports
from services.common import log
from services.common.errors import TocsinError
from services.common.settings import Settings
from services.screen import Screen
from services.sink.reader import stored_alerts
from services.up import ports
from services.up.child import Child, died, stop_all
from services.up.folder import Folder, open_folder
from services.up.run import Broker, Run, run

STORED = 20
"""How many alerts of earlier runs are printed; the page has them all."""


def start(settings: Settings, kafka_port: int | None, *, seeds: bool) -> None:
    """Runs until SIGTERM or SIGINT; raises TocsinError, with a sentence, for what goes wrong. All is stopped then.

    `kafka_port`: where to start a Kafka; None for the one that `settings.bootstrap` names.
    """
    screen = Screen()
    with open_folder(settings.data_dir) as folder:
        settings = ports.settled(settings.model_copy(update={"data_dir": folder.path}))
        wanted = ports.of_services(settings) + ([] if kafka_port is None else [ports.of_broker(kafka_port)])
        ports.require(wanted, patient=folder.after_crash)
        if kafka_port is not None:
            kafka_port = kafka_port or free_ports(1)[0]
            settings = settings.model_copy(update={"bootstrap": f"{HOST}:{kafka_port}"})
            _set_up()
        seen = _tell_stored(settings, screen)
        _log_to_file(settings, folder)
        children = [_child(name, settings, folder) for name in ports.SERVICES]
        with contextlib.ExitStack() as stack:
            stack.callback(stop_all, children)
            if kafka_port is not None:
                # It takes long to load its language model, and waits for the broker by itself.
                children[ports.SERVICES.index("extractor")].start()
            broker = stack.enter_context(_broker(settings, kafka_port, folder, screen))
            asyncio.run(run(Run(settings, folder, broker, screen, children, seen, seeds=seeds)))


def _tell_stored(settings: Settings, screen: Screen) -> set[str]:
    """Prints the alerts of earlier runs, the newest last; gives their ids."""
    stored = stored_alerts(settings, STORED)
    if stored:
        screen.title("From the store, the newest last")
    for alert in reversed(stored):
        screen.show(alert)
    return {alert.id for alert in stored}


def _log_to_file(settings: Settings, folder: Folder) -> None:
    """Our own Kafka clients' complaints go where the services' do, not among the alerts."""
    log.configure("up", settings.model_copy(update={"log_format": "json", "log_level": "WARNING"}))
    (handler,) = logging.getLogger().handlers
    if isinstance(handler, logging.StreamHandler):
        handler.setStream((folder.logs / "up.log").open("w", encoding="utf-8"))


def _set_up() -> None:
    """Brings Kafka's jars, and shows how far it is when there is something to bring."""
    try:
        classpath()
    except BrokerError as error:
        raise TocsinError(str(error)) from error


def _child(name: str, settings: Settings, folder: Folder) -> Child:
    environment = {
        "TOCSIN_BOOTSTRAP": settings.bootstrap,
        "TOCSIN_DATA_DIR": str(settings.data_dir),
        f"TOCSIN_{name.upper()}_PORT": str(getattr(settings, f"{name}_port")),
        "TOCSIN_LOG_FORMAT": "json",
    }
    return Child(name, folder.logs / f"{name}.log", environment, folder.lock)


@contextmanager
def _broker(settings: Settings, port: int | None, folder: Folder, screen: Screen) -> Iterator[Broker]:
    if port is None:
        yield Broker(settings.bootstrap, lambda: None)
        return
    try:
        with contextlib.ExitStack() as stack:
            with screen.step("Apache Kafka"):
                broker = stack.enter_context(start_broker(folder.path / "kafka", port))
            (node,) = broker.nodes
            yield Broker(broker.bootstrap, lambda: None if node.running else died("Kafka", node.log))
            screen.say("Stopping Kafka …")
    except BrokerError as error:
        raise TocsinError(str(error)) from error
