"""A register in which something is hidden."""

import io

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Role
from common.errors import Conflict
from organizations.models import Organization
from tests.factories import a_place, a_user
from tests.organizations.sheets import HEADINGS, checked, stored
from tests.organizations.test_import import a_row

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def test_a_register_with_hidden_rows_is_stored_only_by_who_says_so(client):
    a_place()
    clerk = a_user(Role.CLERK)
    book = openpyxl.Workbook()
    for row in (HEADINGS, a_row(1), a_row(2)):
        book.active.append(list(row))
    book.active.row_dimensions[3].hidden = True
    content = io.BytesIO()
    book.save(content)
    import_ = checked(content.getvalue(), clerk)
    client.force_login(clerk)
    page = client.get(reverse("desk_organization_import", args=[import_.pk])).content.decode()
    assert 'name="with_hidden"' in page and "3" in import_.findings["hidden"][0]
    with pytest.raises(Conflict):
        stored(import_, clerk)
    assert not Organization.objects.exists()
    stored(import_, clerk, with_hidden=True)
    assert Organization.objects.count() == 2
