from common import room


class RoundsConfig(room.Room):
    name = "rounds"
