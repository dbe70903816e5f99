from common import room


class DeliveryConfig(room.Room):
    name = "delivery"
