"""Google Analytics 4: landing pages, pages and screens."""

from linkplanner.read.reports import Report, col, count

__all__ = ["REPORTS"]

_REVENUE = ("Total revenue", "Revenue", "Chiffre d'affaires total", "Ingresos totales",
            "Gesamtumsatz", "Purchase revenue")  # fmt: skip

_LANDING = Report(
    vendor="Google Analytics",
    name="landing pages",
    kind="traffic",
    columns={
        "url": col("Landing page", "Landing page + query string", "Page de destination",
                   "Página de destino", "Landingpage", "Zielseite"),
        "sessions": count("Sessions", "Sesiones", "Sitzungen"),
        "revenue": col(*_REVENUE),
        "users": col("Active users", "New users", "Utilisateurs actifs", "Usuarios activos"),
    },
    required=("url", "sessions"),
)  # fmt: skip

_SCREENS = Report(
    vendor="Google Analytics",
    name="pages and screens",
    kind="traffic",
    columns={
        "url": col("Page path and screen class", "Page path", "Page path + query string",
                   "Page location", "Page path + query string and screen class",
                   "Chemin de la page et classe de l'écran",
                   "Ruta de página y clase de pantalla", "Seitenpfad und Bildschirmklasse"),
        "sessions": count("Sessions", "Views", "Vues", "Vistas", "Aufrufe"),
        "revenue": col(*_REVENUE),
    },
    required=("url", "sessions"),
)  # fmt: skip

REPORTS = (_LANDING, _SCREENS)
