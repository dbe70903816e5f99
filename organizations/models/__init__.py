from organizations.models.organization import (
    PHONE,
    Incubation,
    Membership,
    Organization,
    Place,
    Platform,
    ReferenceFigure,
    Tier,
)

__all__ = ["PHONE", "Incubation", "Membership", "Organization", "Place", "Platform", "ReferenceFigure", "Tier"]
