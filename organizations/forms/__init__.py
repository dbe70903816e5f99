from organizations.forms.organization import OrganizationForm

__all__ = ["OrganizationForm"]
