from django.utils.translation import gettext_lazy

from rounds.eligibility_kinds.kind import WithNumber


class Rating(WithNumber):
    slug, place = "rating", 50
    label = gettext_lazy("Rated at least … A, and valid")
    most = 5
    too_many = gettext_lazy("The highest rating is %(max)s A.")


KIND = Rating()
