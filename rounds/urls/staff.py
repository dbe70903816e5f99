from django.urls import path

from rounds.views import amend, cards, making, questions, templates

urlpatterns = [
    path("rounds/new/", making.new, name="desk_round_new"),
    path("rounds/series/new/", making.new_series, name="desk_series_new"),
    path("rounds/templates/", templates.listing, name="desk_round_templates"),
    path("rounds/templates/<slug:key>/new/", templates.new, name="desk_round_template_new"),
    path("rounds/templates/<int:pk>/remove/", templates.remove, name="desk_round_template_remove"),
    path("rounds/<int:pk>/template/", templates.save, name="desk_round_template_save"),
    path("rounds/<int:pk>/copy/", making.copy, name="desk_round_copy"),
    path("rounds/<int:pk>/delete/", making.delete, name="desk_round_delete"),
    path("rounds/<int:pk>/setup/", cards.overview, name="desk_round_setup"),
    path("rounds/<int:pk>/setup/<slug:card>/", cards.card, name="desk_round_card"),
    path("rounds/<int:pk>/questions/", questions.listing, name="desk_round_questions"),
    path("rounds/<int:pk>/questions/new/", questions.new, name="desk_round_question_new"),
    path("rounds/<int:pk>/questions/<int:question>/", questions.one, name="desk_round_question"),
    path("rounds/<int:pk>/questions/<int:question>/up/", questions.move, {"way": "up"}, name="desk_question_up"),
    path("rounds/<int:pk>/questions/<int:question>/down/", questions.move, {"way": "down"}, name="desk_question_down"),
    path("rounds/<int:pk>/questions/<int:question>/remove/", questions.remove, name="desk_question_remove"),
    path("rounds/<int:pk>/amend/", amend.amend, name="desk_round_amend"),
]
