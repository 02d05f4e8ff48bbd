"""Two import contracts that import-linter lacks: what a package may bring in, and where a vendor lives.

`pyproject.toml` lists the contracts; `tests/test_contracts.py` breaks each one on purpose.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any, cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

Import = tuple[str, str]  # who imports, and what


class OnlyContract(Contract):
    """`package` imports no distribution but those `allowed`; the standard library and our own packages are free."""

    package = fields.StringField()
    allowed = fields.SetField(subfield=fields.StringField(), required=False, default=frozenset[str]())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        free = {*sys.stdlib_module_names, *self.session_options["root_packages"], *cast(set[str], self.allowed)}
        return _checked(
            (importer, imported)
            for importer, imported in _direct_imports(graph, within=cast(str, self.package))
            if imported.partition(".")[0] not in free
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        _render(check)


class HomeContract(Contract):
    """`vendors` are imported inside `home` (one module or package, or none as yet) and nowhere else."""

    vendors = fields.SetField(subfield=fields.StringField())
    home = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        vendors = cast(set[str], self.vendors)
        return _checked(
            (importer, imported)
            for package in cast(list[str], self.session_options["root_packages"])
            for importer, imported in _direct_imports(graph, within=package)
            if imported.partition(".")[0] in vendors and not _is_within(importer, cast(str, self.home))
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        _render(check)


def _direct_imports(graph: ImportGraph, *, within: str) -> Iterator[Import]:
    for importer in sorted({within, *graph.find_descendants(within)}):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            yield importer, imported


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _checked(illegal: Iterable[Import]) -> ContractCheck:
    found = list(illegal)
    return ContractCheck(kept=not found, metadata={"illegal": found})


def _render(check: ContractCheck) -> None:
    metadata: dict[str, Any] = check.metadata
    for importer, imported in metadata["illegal"]:
        output.print_error(f"{importer} imports {imported}")
