"""Config files are read at the first start; later they only count when somebody applies them."""

from collections.abc import Collection
from pathlib import Path

from bot.domain.boards import Removal
from bot.domain.ids import DESK
from bot.services.kernel import Kernel
from bot.services.removals import removed_by
from bot.services.taking_effect import take_effect
from config.files import FILES, differing, read_documents
from config.holiday_book import holiday_book


def take_over_files(kernel: Kernel, folder: Path) -> list[str]:
    """Puts areas in force that have none yet; names the files that differ from what is.

    Raises Broken with every fault of every file.
    """
    documents = read_documents(folder)
    with kernel.store.transaction() as tx:
        for area, document in documents.items():
            if tx.setup.get(area) is None:
                tx.setup.put(area, document)
        in_force = {area: tx.setup.get(area) or {} for area in documents}
    return differing(documents, in_force, holiday_book)


def removed_by_files(kernel: Kernel, folder: Path) -> list[Removal]:
    """Departments that the files leave out, where something points at them."""
    document = read_documents(folder)["departments"]
    with kernel.look() as work:
        return removed_by(work, document)


def apply_files(kernel: Kernel, folder: Path, wanted: Collection[str] = FILES) -> list[str]:
    """Takes over what differs, each area as a change that can be undone; says which."""
    documents = read_documents(folder)
    with kernel.store.reading() as tx:
        in_force = {area: tx.setup.get(area) or {} for area in documents}
    files = [one for one in differing(documents, in_force, holiday_book) if one in wanted]
    with kernel.work() as work:
        for file in files:
            area = Path(file).stem
            work.change(area, documents[area], DESK, f"applied {file}")
        take_effect(kernel, work, DESK)
    return files
