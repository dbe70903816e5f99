from common import room


class ReportsConfig(room.Room):
    name = "reports"
