from common import room


class OrganizationsConfig(room.Room):
    name = "organizations"
