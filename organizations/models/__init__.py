from organizations.models.importing import RegisterImport
from organizations.models.organization import Organization, suggested_management
from organizations.models.people import Invitation, Membership, Part
from organizations.models.places import Place, Tier
from organizations.models.platforms import Incubation, Platform
from organizations.models.records import (
    RECORDS,
    AnnualInspection,
    Ban,
    CreditListing,
    PartyMark,
    Rating,
    Record,
)
from organizations.models.reference import ReferenceFigure

__all__ = [
    "RECORDS",
    "AnnualInspection",
    "Ban",
    "CreditListing",
    "Incubation",
    "Invitation",
    "Membership",
    "Organization",
    "Part",
    "PartyMark",
    "Place",
    "Platform",
    "Rating",
    "Record",
    "ReferenceFigure",
    "RegisterImport",
    "Tier",
    "suggested_management",
]
