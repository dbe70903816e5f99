from django.urls import path

from ventures.application.views import paper_entry, papers, versions
from ventures.application.views import round_preview as preview
from ventures.closure import views as closure
from ventures.desk.views import home, rounds, ventures
from ventures.notices.views import public
from ventures.notices.views import staff as notices
from ventures.page import views as page
from ventures.screening import views as screening
from ventures.screening.views import thread

urlpatterns = [
    path("", home.today, name="desk_home"),
    path("ventures/", ventures.listing, name="desk_ventures"),
    path("ventures/<int:pk>/", page.for_staff, name="desk_venture"),
    path("ventures/<int:pk>/remind/", ventures.remind_one, name="desk_venture_remind"),
    path("ventures/remind/", ventures.remind_many, name="desk_ventures_remind"),
    # Rounds
    path("rounds/", rounds.board, name="desk_rounds"),
    path("rounds/<int:pk>/", rounds.round_page, name="desk_round"),
    path("rounds/<int:pk>/open/", rounds.move_round, {"verb_name": "open"}, name="desk_round_open"),
    path("rounds/<int:pk>/close-call/", rounds.move_round, {"verb_name": "close_call"}, name="desk_round_close_call"),
    path(
        "rounds/<int:pk>/begin-delivery/",
        rounds.move_round,
        {"verb_name": "begin_delivery"},
        name="desk_round_begin_delivery",
    ),
    path("rounds/<int:pk>/close/", rounds.move_round, {"verb_name": "close"}, name="desk_round_close"),
    path("rounds/<int:pk>/drafts/lapse/", rounds.lapse_drafts, name="desk_round_lapse_drafts"),
    path("rounds/<int:pk>/corrections/refuse/", rounds.refuse_overdue, name="desk_round_refuse_overdue"),
    # The form of a round before it is public
    path("rounds/<int:pk>/preview/", public.round_preview, name="desk_round_preview_public"),
    path("rounds/<int:pk>/preview/<slug:step>/", preview.step, name="desk_round_preview"),
    # Screening
    path("screening/", screening.first, name="desk_screening"),
    path("screening/<int:pk>/", screening.one, name="desk_screening_venture"),
    path("screening/accept/", screening.accept_many, name="desk_screening_accept"),
    path("ventures/<int:pk>/remark/", thread.desk_remark, name="desk_venture_remark"),
    path("ventures/<int:pk>/checklist/answer/", screening.answer, name="desk_venture_answer"),
    path("ventures/<int:pk>/accept/", screening.accept, name="desk_venture_accept"),
    path("ventures/<int:pk>/return/", screening.return_for_correction, name="desk_venture_return"),
    path("ventures/<int:pk>/refuse/", screening.refuse, name="desk_venture_refuse"),
    # Notices and objections
    path("notices/", notices.listing, name="desk_notices"),
    path("notices/<int:pk>/", notices.notice_page, name="desk_notice"),
    path("notices/<int:pk>/objections/", notices.formal_ruling, name="desk_notice_objections"),
    path("notices/<int:pk>/award/", notices.award_all, name="desk_notice_award"),
    path("rounds/<int:pk>/notice/", notices.draft, name="desk_round_notice"),
    path("rounds/<int:pk>/publish/", notices.publish, name="desk_round_publish"),
    path("ventures/<int:pk>/award/", notices.award, name="desk_venture_award"),
    path("objections/<int:pk>/", notices.objection_page, name="desk_objection"),
    path("objections/<int:pk>/admit/", notices.admit, name="desk_objection_admit"),
    path("objections/<int:pk>/dismiss/", notices.dismiss, name="desk_objection_dismiss"),
    path("objections/<int:pk>/uphold/", notices.uphold, name="desk_objection_uphold"),
    # Ends
    path("closures/", closure.listing, name="desk_closures"),
    path("ventures/<int:pk>/closure/", closure.closure, name="desk_venture_closure"),
    path("ventures/<int:pk>/close/", closure.close, name="desk_venture_close"),
    path("ventures/<int:pk>/termination/", closure.termination, name="desk_venture_termination"),
    path("ventures/<int:pk>/give-up/", closure.giving_up, name="desk_venture_give_up"),
    path("ventures/<int:pk>/terminate/", closure.terminate, name="desk_venture_terminate"),
    path("ventures/<int:pk>/settle/", closure.settle, name="desk_venture_settle"),
    # Files and versions of an application
    path("organizations/<int:pk>/enter/", paper_entry.enter, name="desk_enter"),
    path("ventures/<int:pk>/files/<uuid:file>/", papers.desk_file, name="desk_file"),
    path("ventures/<int:pk>/pdf/", papers.desk_pdf, name="desk_pdf"),
    path("ventures/<int:pk>/submissions/<int:ordinal>/", versions.desk_receipt, name="desk_receipt"),
    path("ventures/<int:pk>/submissions/<int:ordinal>/pdf/", papers.desk_submission_pdf, name="desk_submission_pdf"),
    path("ventures/<int:pk>/compare/", versions.desk_compare, name="desk_compare"),
]
