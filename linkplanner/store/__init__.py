"""What the user gave, typed and decided, kept in one workspace folder on their own machine.

`workspace` opens the folder and its database, `schema` brings it up to date, `files` writes so
that no half file can appear; each other module is one kind of thing that is kept.
"""

from linkplanner.store.workspace import Workspace, WorkspaceError, attach, open_workspace

__all__ = ["Workspace", "WorkspaceError", "attach", "open_workspace"]
