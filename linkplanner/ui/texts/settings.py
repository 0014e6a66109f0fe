"""What the settings screen says; names of the settings are in weights."""

from typing import Final

from linkplanner.ui.texts.numbers import count

NO_PROJECT: Final = "No project is chosen: these are the values that a new one begins with."
ALL_USUAL: Final = "All weights and limits of this project have their usual values."
FOLDER: Final = "Everything that you add, decide or type lies in this folder:"
SEE_READ: Final = "see what is read of each file, and the limits."
EVERY_NUMBER: Final = (
    "Every number with what it means and where it comes from. A change is saved at once and "
    "counts from the next time the files are worked out or the plan is made."
)
BACK: Final = "Back to the usual values"
SEE_METHOD: Final = "see what the figures mean and how they come about."
PLACE: Final = "Privacy and data folder"


def different(settings: int) -> str:
    """How many settings were changed."""
    return f"{count(settings, 'setting differs', 'settings differ')} from the usual."


def usually(value: object) -> str:
    """The value that new projects have."""
    return f"usually {value}"


def copy_folder(variable: str) -> str:
    """What to do with the folder. variable: names another place."""
    return (
        "Copy the folder to keep everything; delete it and everything is gone. To use another "
        f"place, set the environment variable {variable} before you start linkplanner."
    )
