from organizations.models.applicant_kinds import ApplicantKind, kind_among
from organizations.models.earlier_grants import EarlierGrant
from organizations.models.importing import RegisterImport
from organizations.models.organization import Organization, suggested_management
from organizations.models.penalties import Penalty
from organizations.models.people import Invitation, Membership, Part
from organizations.models.places import Place, Tier
from organizations.models.platforms import Incubation, Platform
from organizations.models.records import (
    AnnualInspection,
    Ban,
    CreditListing,
    PartyMark,
    Rating,
    Record,
)
from organizations.models.reference import ReferenceFigure

RECORDS: tuple[type[Record], ...] = (
    AnnualInspection, Rating, CreditListing, Penalty, Ban, EarlierGrant, PartyMark,
)  # fmt: skip

__all__ = [
    "RECORDS",
    "AnnualInspection",
    "ApplicantKind",
    "Ban",
    "CreditListing",
    "EarlierGrant",
    "Incubation",
    "Invitation",
    "Membership",
    "Organization",
    "Part",
    "PartyMark",
    "Penalty",
    "Place",
    "Platform",
    "Rating",
    "Record",
    "ReferenceFigure",
    "RegisterImport",
    "Tier",
    "kind_among",
    "suggested_management",
]
