"""The icons, by what they mean, from the font that Streamlit brings: nothing is fetched."""

from typing import Final

__all__ = ["SCREENS"]

ACCEPT: Final = ":material/thumb_up:"
ADD: Final = ":material/add:"
ADDRESS: Final = ":material/link:"
BAD: Final = ":material/cancel:"
DOWNLOAD: Final = ":material/download:"
EMPTY: Final = ":material/inbox:"
FILE: Final = ":material/description:"
GOOD: Final = ":material/check_circle:"
HISTORY: Final = ":material/history:"
LIMITS: Final = ":material/tune:"
LOCK: Final = ":material/lock:"
MISSING: Final = ":material/radio_button_unchecked:"
MORE: Final = ":material/settings:"
NUMBERS: Final = ":material/pin:"
OPEN: Final = ":material/folder_open:"
PROVISIONAL: Final = ":material/construction:"
READ: Final = ":material/menu_book:"
REFRESH: Final = ":material/refresh:"
REFUSE: Final = ":material/thumb_down:"
SAMPLE: Final = ":material/science:"
SEARCH: Final = ":material/search:"
UNDO: Final = ":material/undo:"
UPLOAD: Final = ":material/upload_file:"
WAITING: Final = ":material/hourglass_top:"
WARNING: Final = ":material/warning:"

SCREENS: Final = {
    "start": ":material/flag:",
    "data": UPLOAD,
    "priorities": ":material/target:",
    "overview": ":material/dashboard:",
    "backlinks": ":material/public:",
    "site": ":material/account_tree:",
    "plan": ":material/route:",
    "strategy": ":material/balance:",
    "outreach": ":material/outgoing_mail:",
    "tasks": ":material/checklist:",
    "monitor": ":material/monitoring:",
    "settings": ":material/settings:",
    "help": ":material/help:",
}
"""Icon of each screen, by its file name in pages/."""
