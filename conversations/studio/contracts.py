"""The studio's contracts: the list, which of them a mini's clients sign, and what is done with one (B5, B10, B12)."""

from typing import Final

from conversations.screens import Button, Do, Line, Look, Say, Screen, Style, lines, say
from conversations.sheets import file_name
from conversations.starter_kit import ContractDraft, starter_kit
from conversations.studio import contract_making
from conversations.studio.contract_samples import fields, sample_lines
from conversations.studio.contract_steps import answers_of, answers_to
from conversations.studio.paper_commands import found, known, opening
from conversations.studio.paper_uses import set_contracts, used_by, uses
from conversations.studio.turn import For, Room, StudioTurn, covering
from conversations.studio.which import for_minis, mini_meant, mini_of, pair, way_back
from core.minis.mini import Mini
from core.paperwork.contract import MOST_OF_A_MINI, Contract, ContractGone
from core.studio_desk.rights import PHOTOGRAPHERS


def contracts(turn: StudioTurn, mini_id: str) -> Screen:
    """Every contract, and which of them the mini has."""
    mini, every = mini_meant(turn, mini_id), turn.desk.contracts()
    mine = mini.id if mini else ""
    return Screen(
        lines=(
            Line(say("contracts-of", mini=mini.title) if mini else say("contracts"), Look.TITLE),
            *lines(*(_line(turn, one, mini) for one in every), gap=True),
            Line(_sum(mini) if every else say("contracts-none"), gap=True),
        ),
        rows=(
            *((Button(say("button-paper", title=one.title), Do("contract_one", f"{one.id}.{mine}")),) for one in every),
            (
                Button(say("button-new-contract"), Do("contract_new", mine)),
                Button(say("button-from-kit"), Do("contract_kit", mine)),
            ),
            way_back(turn, mini),
        ),
    )


def _line(turn: StudioTurn, one: Contract, mini: Mini | None) -> Say:
    used = say("paper-used-by", count=len(used_by(turn, one.id)))
    key = "contract-signed-here" if mini and uses(mini, one.id) else "contract-line"
    return say(key, title=one.title, version=one.version, used=used)


def _sum(mini: Mini | None) -> Say:
    if mini is None:
        return say("contracts-tap")
    return say("contracts-of-mini", mini=mini.title, count=len(mini.contracts), most=MOST_OF_A_MINI)


def contract(turn: StudioTurn, about: str) -> Screen:
    """One contract: who uses it, and how a client reads it."""
    contract_id, mini_id = pair(about)
    one, mini = found(turn.desk.contracts(), contract_id), mini_meant(turn, mini_id)
    if one is None:
        return contracts(turn, mini_id)
    titles, mine = used_by(turn, one.id), mini.id if mini else ""
    used = say("paper-used-in", version=one.version, count=len(titles), minis=titles)
    full = mini is not None and len(mini.contracts) >= MOST_OF_A_MINI and not uses(mini, one.id)
    return Screen(
        lines=(
            Line(say("paper-title", title=one.title), Look.TITLE),
            Line(used if titles else say("paper-unused", version=one.version)),
            *(lines(say("contract-two-already", mini=mini.title)) if mini and full else ()),
            *sample_lines(turn, one),
        ),
        rows=(
            *(_uses_row(mini, one) if mini and not full else ()),
            *(() if mini else for_minis(turn, one.id, "contract_one")),
            (
                Button(say("button-change-paper"), Do("contract_change", f"{one.id}.{mine}")),
                Button(say("button-sample-pdf"), Do("contract_pdf", f"{one.id}.{mine}")),
            ),
            (Button(say("button-all-contracts"), Do("contract", mine)), *way_back(turn, mini)),
        ),
    )


def _uses_row(mini: Mini, one: Contract) -> tuple[tuple[Button, ...], ...]:
    reference = f"{mini.id}.{one.id}"
    if uses(mini, one.id):
        return ((Button(say("button-stop-using", mini=mini.title), Do("contract_leave", reference)),),)
    return ((Button(say("button-use-for", mini=mini.title), Do("contract_use", reference), Style.PRIMARY),),)


def kit(turn: StudioTurn, mini_id: str) -> Screen:
    """The examples to begin with (B12)."""
    drafts = _drafts(turn)
    return Screen(
        lines=(
            Line(say("kit-papers"), Look.TITLE),
            Line(say("kit-example")),
        ),
        rows=(
            *(
                (Button(say("button-paper", title=draft.title), Do("contract_from", f"{which}.{mini_id}")),)
                for which, draft in drafts.items()
            ),
            (Button(say("button-all-contracts"), Do("contract", mini_id)),),
        ),
    )


def _drafts(turn: StudioTurn) -> dict[str, ContractDraft]:
    kit = starter_kit(turn.studio.locale)
    return {"contract": kit.contract, "release": kit.release}


# -- deeds --


_command: Final = opening("contract", "contract", lambda turn: turn.desk.contracts(), contract_making.begin, answers_to)


def _one(turn: StudioTurn, reference: str) -> Say | None:
    contract_id, mini_id = pair(reference)
    turn.talk.cover("contract", f"{known(turn.desk.contracts(), contract_id).id}.{mini_id}")
    return None


def _use(turn: StudioTurn, reference: str) -> Say | None:
    """Raises TooManyContracts, ContractGone, and what `mini_of` raises."""
    mini_id, contract_id = pair(reference)
    mini, one = mini_of(turn, mini_id), known(turn.desk.contracts(), contract_id)
    set_contracts(turn, mini, [*(each.id for each in mini.contracts), one.id])
    turn.talk.cover("contract", f"{contract_id}.{mini_id}")
    turn.talk.notice = say("contract-now-used", title=one.title, mini=mini.title)
    return None


def _leave(turn: StudioTurn, reference: str) -> Say | None:
    mini_id, contract_id = pair(reference)
    mini, one = mini_of(turn, mini_id), known(turn.desk.contracts(), contract_id)
    set_contracts(turn, mini, [each.id for each in mini.contracts if each.id != one.id])
    turn.talk.cover("contract", f"{contract_id}.{mini_id}")
    turn.talk.notice = say("contract-no-longer-used", title=one.title, mini=mini.title)
    return None


def _new(turn: StudioTurn, mini_id: str) -> Say | None:
    contract_making.begin(turn, mini_id, {})
    return None


def _from_kit(turn: StudioTurn, reference: str) -> Say | None:
    which, mini_id = pair(reference)
    draft = _drafts(turn).get(which)
    if draft is None:
        raise ContractGone
    contract_making.begin(turn, mini_id, answers_of(draft), kit="yes")
    return None


def _change(turn: StudioTurn, reference: str) -> Say | None:
    contract_id, mini_id = pair(reference)
    one = known(turn.desk.contracts(), contract_id)
    contract_making.begin(turn, mini_id, answers_of(one), contract=one.id, version=f"{one.version}")
    return None


def _pdf(turn: StudioTurn, reference: str) -> Say | None:
    """The sample as it is printed."""
    contract_id, mini_id = pair(reference)
    one = known(turn.desk.contracts(), contract_id)
    caption = say("sample-caption", title=one.title, version=one.version)
    turn.talk.cover("contract", f"{one.id}.{mini_id}")
    turn.talk.enclose(f"sample:{one.id}.{one.version}", file_name(one.title, one.version), caption)
    return None


ROOM: Final = Room(
    commands={"contract": For(PHOTOGRAPHERS, _command)},
    presses={
        "contract": For(PHOTOGRAPHERS, covering("contracts")),
        "contract_one": For(PHOTOGRAPHERS, _one),
        "contract_use": For(PHOTOGRAPHERS, _use),
        "contract_leave": For(PHOTOGRAPHERS, _leave),
        "contract_new": For(PHOTOGRAPHERS, _new),
        "contract_kit": For(PHOTOGRAPHERS, covering("contract_kit")),
        "contract_from": For(PHOTOGRAPHERS, _from_kit),
        "contract_change": For(PHOTOGRAPHERS, _change),
        "contract_pdf": For(PHOTOGRAPHERS, _pdf),
        "contract_fields": For(PHOTOGRAPHERS, covering("contract_fields")),
    },
    asides={
        "contracts": For(PHOTOGRAPHERS, contracts),
        "contract": For(PHOTOGRAPHERS, contract),
        "contract_kit": For(PHOTOGRAPHERS, kit),
        "contract_fields": For(PHOTOGRAPHERS, fields),
    },
    flows={contract_making.NAME: For(PHOTOGRAPHERS, contract_making.FLOW)},
)
