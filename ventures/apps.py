from common import room


class VenturesConfig(room.Room):
    name = "ventures"
    subjects = ("application", "screening", "notices", "closure", "desk", "page", "calendar")
