"""What was read of packages, add-ons and minis, as the tables of tests write it."""

from zoneinfo import ZoneInfo

from conversations.studio.typed_mini import TypedMini
from conversations.studio.typed_package import TypedAddOn, TypedPackage
from core.minis.mini import Share
from core.values.money import Money
from tests.conversations.studio.written import day_as_written


def package_as_written(package: TypedPackage) -> str:
    pieces = [
        *([f"<{package.title}>"] if package.title else ()),
        *([_money(package.fee)] if package.fee is not None else ()),
        *([f"paid {package.paid_by}"] if package.paid_by else ()),
        *([f"retainer {_share(package.retainer)}"] if package.retainer else ()),
        *([f"{int(package.length.total_seconds() // 60)} min"] if package.length else ()),
        *([f"includes <{package.includes}>"] if package.includes else ()),
        *_open(package),
    ]
    return "; ".join(pieces)


def add_on_as_written(add_on: TypedAddOn) -> str:
    pieces = [
        *([f"<{add_on.title}>"] if add_on.title else ()),
        *([_money(add_on.price)] if add_on.price is not None else ()),
        *([f"most {add_on.most}"] if add_on.most is not None else ()),
        *_open(add_on),
    ]
    return "; ".join(pieces)


def mini_as_written(mini: TypedMini, zone: ZoneInfo) -> str:
    pieces = [
        f"<{mini.title}>",
        day_as_written(mini.day, zone),
        *(["guess at the place"] if mini.place_is_guess else ()),
        *([f"package {package_as_written(mini.package)}"] if mini.package else ()),
        *([f"not understood {' | '.join(mini.not_understood)}"] if mini.not_understood else ()),
    ]
    return "; ".join(pieces)


def _open(draft: TypedPackage | TypedAddOn) -> list[str]:
    return [
        *([f"asks {' '.join(sorted(draft.asks))}"] if draft.asks else ()),
        *([f"unclear {' | '.join(draft.unclear)}"] if draft.unclear else ()),
        *([f"not understood {' | '.join(draft.not_understood)}"] if draft.not_understood else ()),
    ]


def _money(money: Money) -> str:
    return f"{money.minor} {money.currency}"


def _share(share: Share) -> str:
    return _money(share.amount) if share.amount is not None else f"{(share.percent_hundredths or 0) / 100:g}%"
