"""`python -m deploy.kafka`: a Kafka of one node or more that runs until Ctrl-C."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import click

from deploy.kafka.broker import start_cluster
from deploy.kafka.errors import BrokerError


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the nodes' addresses on one line of standard output once they are ready; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m deploy.kafka", description=__doc__)
    parser.add_argument("--nodes", type=int, default=1, help="how many (3 or more replicate what they store)")
    parser.add_argument("--data", type=Path, help="folder to keep the data in; without it they go in the end")
    parser.add_argument("--port", type=int, default=0, help="of the first node; the others follow (0: any free)")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with start_cluster(options.nodes, options.data, options.port) as cluster:
            click.echo(cluster.bootstrap)
            click.echo(f"Data and logs in {cluster.data_dir}; Ctrl-C stops it.", err=True)
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    except BrokerError as error:
        click.echo(error, err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
