"""The desk's deeds with a mini's packages and add-ons. All are for new bookings only (B10)."""

from collections.abc import Sequence
from dataclasses import replace

from core.minis import packages, publish
from core.minis.mini import AddOn, Mini, Package
from core.studio_desk.desk import Desk
from core.studio_desk.rights import photographers


class PackageDeeds(Desk):
    @photographers
    def set_packages(self, mini_id: str, packages: Sequence[Package], add_ons: Sequence[AddOn] = ()) -> Mini:
        """Other packages and add-ons, for new bookings only (B10)."""
        mini = self._mini(mini_id)
        return self._changed(
            publish.change_mini(self._records, mini, replace(mini, packages=tuple(packages), add_ons=tuple(add_ons)))
        )

    @photographers
    def save_package(self, mini_id: str, package: Package, *, takes_cards: bool, seen: int | None = None) -> Mini:
        """Add or change one package (B3); one without an id is new. Raises what `save_package` raises."""
        mini = self._mini(mini_id)
        saved = packages.save_package(self._records, self.studio, mini, package, takes_cards=takes_cards, seen=seen)
        return self._changed(saved)

    @photographers
    def remove_package(self, mini_id: str, package_id: str) -> Mini:
        """Raises MiniChanged where it is not there, and LastPackage."""
        return self._changed(packages.remove_package(self._records, self._mini(mini_id), package_id))

    @photographers
    def save_add_on(self, mini_id: str, add_on: AddOn, *, seen: int | None = None) -> Mini:
        """Add or change one add-on (B4); one without an id is new. Raises what `save_add_on` raises."""
        return self._changed(packages.save_add_on(self._records, self.studio, self._mini(mini_id), add_on, seen=seen))

    @photographers
    def remove_add_on(self, mini_id: str, add_on_id: str) -> Mini:
        """Raises MiniChanged where it is not there."""
        return self._changed(packages.remove_add_on(self._records, self._mini(mini_id), add_on_id))
