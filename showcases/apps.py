from common import room


class ShowcasesConfig(room.Room):
    name = "showcases"
