"""`python -m upstander.commands.guard ...`: what a cluster's guard does when the cluster's owner is gone."""

import sys
from pathlib import Path

from upstander.commands.cluster import Cluster
from upstander.commands.programs import Programs


def main(home: str, folder: str, major: str, route: str, leave: str) -> None:
    """Stop the server at `home` if nobody uses it; remove everything unless its data are to be left."""
    cluster = Cluster(Path(home), Programs(Path(folder), int(major), route))
    cluster.stop_if_unused()
    if leave == "remove" and not cluster.answers():
        cluster.remove()


if __name__ == "__main__":
    main(*sys.argv[1:])
