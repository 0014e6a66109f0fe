"""How a long step of the main job tells how far it is; see `linkplanner.progress`."""

from linkplanner.progress import Progress, no_progress

__all__ = ["Progress", "no_progress"]
