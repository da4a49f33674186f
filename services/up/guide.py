"""What a person can do now: where the page and the metrics are, how to produce an article and how to subscribe."""

from __future__ import annotations

from services.common.settings import ARTICLES, EVENT_ALERTS, Settings
from services.up.folder import Folder
from services.up.ports import SERVICES

EXAMPLE = '{"text": "Gunmen on motorcycles killed two teachers near Gao, Mali, police said."}'
"""An article with the one field that must be there."""
_ANY = ("", "0.0.0.0", "::")  # noqa: S104  not bound to here, but read from the settings


def address(settings: Settings, service: str) -> str:
    """URL of a service on this machine, without a slash at its end."""
    host = "127.0.0.1" if settings.http_host in _ANY else settings.http_host
    return f"http://{f'[{host}]' if ':' in host else host}:{getattr(settings, f'{service}_port')}"


def guide(settings: Settings, folder: Folder) -> str:
    """The lines, to be copied as they are into another terminal."""
    kafka = settings.bootstrap
    metrics = "  ".join(f"{address(settings, name)}/metrics" for name in SERVICES)
    return f"""
Tocsin runs; alerts appear here as they come. Ctrl-C stops everything.

  Page       {address(settings, "sink")}/
  Metrics    {metrics}
  Logs       {folder.logs}

Produce an article, with any Kafka client or over HTTP:
  echo '{EXAMPLE}' | kcat -b {kafka} -t {ARTICLES} -P -k my-first-article
  curl {address(settings, "ingest")}/v1/articles -H 'Content-Type: application/json' -d '{EXAMPLE}'

Subscribe to alerts:
  kcat -b {kafka} -t {EVENT_ALERTS} -C -o end
  tocsin watch --bootstrap {kafka}
"""
