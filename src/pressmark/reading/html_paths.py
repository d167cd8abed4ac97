"""Finds the elements of a tree by the paths that spans carry, each element's children counted once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_STEP = re.compile(r"(?:\*\[name\(\)='([^']*)'\]|([^\[\]]+))(?:\[(\d+)\])?")


class Paths:
    """The elements of a tree by path, as `Entry.path` writes it; in a table of many rows XPath would count them all."""

    def __init__(self, root: _Element) -> None:
        self._found: dict[str, _Element | None] = {f"/{root.tag}": root, f"/{root.tag}[1]": root}
        self._children: dict[_Element, dict[str, list[_Element]]] = {}

    def element(self, path: str) -> _Element | None:
        """The element of a path; None where there is none."""
        steps = []
        while path and path not in self._found:
            steps.append(path)
            path = path.rpartition("/")[0]
        found = self._found.get(path)
        for path in reversed(steps):
            found = self._found[path] = self._child(found, path.rpartition("/")[2])
        return found

    def _child(self, parent: _Element | None, step: str) -> _Element | None:
        match = _STEP.fullmatch(step)
        if parent is None or match is None:
            return None
        children = self._children.get(parent)
        if children is None:
            children = self._children[parent] = {}
            for child in parent:
                if isinstance(child.tag, str):
                    children.setdefault(child.tag, []).append(child)
        named = children.get(match[1] or match[2], [])
        number = int(match[3] or 1)
        return named[number - 1] if 0 < number <= len(named) else None
