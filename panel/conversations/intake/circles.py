"""Finding circles among edges of which every point has at most one."""

from __future__ import annotations

from collections.abc import Mapping


def circles(edges: Mapping[int, int]) -> list[list[int]]:
    """The circles one runs into by following ``edges`` (from -> to), each once; linear in their
    number.
    """
    done: set[int] = set()
    found = []
    for start in edges:
        path: dict[int, int] = {}
        point: int | None = start
        while point is not None and point not in done and point not in path:
            path[point] = len(path)
            point = edges.get(point)
        if point is not None and point in path:
            found.append(list(path)[path[point] :])
        done.update(path)
    return found
