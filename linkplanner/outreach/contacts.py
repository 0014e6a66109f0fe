"""Contacts that a user brings as a file; none is ever looked up or invented."""

import io
from typing import Final

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.tables import CONTACTS

__all__ = ["contacts_of_file"]

_NAMES: Final = {
    "domain": ("domain", "site", "website", "url", "host"),
    "name": ("name", "contact", "contact name", "full name", "first name"),
    "email": ("email", "e-mail", "mail", "email address"),
}


def contacts_of_file(data: bytes, name: str) -> pd.DataFrame:
    """CONTACTS of a CSV file with a column of addresses. Raises InputError."""
    text = data[:4096].decode("utf-8-sig", "replace").splitlines()[:1]
    head = text[0] if text else ""
    separator = max(",;\t", key=head.count)
    try:
        frame = pd.read_csv(
            io.BytesIO(data), sep=separator, dtype="str", keep_default_na=False,
            encoding="utf-8-sig",
        )  # fmt: skip
    except (ValueError, UnicodeError) as error:
        raise InputError(
            f"“{name}” cannot be read as a table ({error}); save it as CSV."
        ) from error
    columns = {str(c).strip().casefold(): c for c in frame.columns}
    found = {
        field: next((columns[n] for n in names if n in columns), None)
        for field, names in _NAMES.items()
    }
    if found["email"] is None:
        raise InputError(
            f"“{name}” has no column “email”; give one with columns domain, name and email."
        )
    email = frame[found["email"]].astype("str").str.strip()
    named = frame[found["name"]] if found["name"] is not None else ""
    site = frame[found["domain"]] if found["domain"] is not None else email.str.split("@").str[-1]
    return CONTACTS.conform(
        pd.DataFrame({"domain": site, "name": named, "email": email, "imported_from": name})
    )
