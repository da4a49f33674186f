"""Writes jars.lock anew: `python -m deploy.kafka.lock`, wanted only when Apache Kafka's version changes.

The jars are what the resolver finds for the broker's own artifact, and the binding by which its log reaches
log4j. The two are resolved apart: together, the versions that the binding's parent manages (an older Kafka client
among them) would win over Kafka's own. Needs the network; downloads everything once into a folder that is thrown away.
"""

import tempfile
from pathlib import Path

import click
from jgo.maven import Artifact, MavenContext

from deploy.kafka.jars import KAFKA_VERSION, LOCK, Jar, sha256_of

BROKER = f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}"
LOG_BINDING = "log4j-slf4j-impl"  # of the same group and version as the log4j-core that Kafka brings along
HEAD = "# Apache Kafka's jars: coordinates, size in bytes, SHA-256. Written by `python -m deploy.kafka.lock`.\n"


def resolve(context: MavenContext) -> list[Jar]:
    """The broker's jar, all that it needs to run, and the log binding, by coordinates."""
    direct, further = context.resolver.resolve([context.create_dependency(BROKER)])
    artifacts = [found.artifact for found in direct + further]
    log4j = next(artifact for artifact in artifacts if artifact.artifactId == "log4j-core")
    artifacts.append(context.project(log4j.groupId, LOG_BINDING).at_version(log4j.version).artifact())
    return sorted((_measure(artifact) for artifact in artifacts), key=str)


def _measure(artifact: Artifact) -> Jar:
    path = artifact.resolve()
    return Jar(artifact.groupId, artifact.artifactId, artifact.version, path.stat().st_size, sha256_of(path))


def main() -> None:
    """Resolves and overwrites jars.lock beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        jars = resolve(MavenContext(repo_cache=Path(folder)))
    LOCK.write_text(HEAD + "".join(f"{jar}\n" for jar in jars), encoding="utf-8")
    click.echo(f"{LOCK}: {len(jars)} jars, {sum(jar.size for jar in jars) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
