from common import room


class ReviewsConfig(room.Room):
    name = "reviews"
