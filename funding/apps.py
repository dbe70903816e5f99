from common import room


class FundingConfig(room.Room):
    name = "funding"
