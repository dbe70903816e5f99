from django.urls import path

from ventures.application import views as application
from ventures.application.views import applicant, excel, paper_entry, papers, versions
from ventures.page import views as page
from ventures.screening.views import thread

urlpatterns = [
    path("", applicant.home, name="apply_home"),
    path("rounds/<int:pk>/start/", applicant.start, name="apply_start"),
    path("ventures/<int:pk>/", page.for_applicant, name="apply_venture"),
    path("ventures/<int:pk>/withdraw/", applicant.withdraw, name="apply_withdraw"),
    path("ventures/<int:pk>/form/", application.form, name="apply_form"),
    path("ventures/<int:pk>/form/<slug:step>/", application.step, name="apply_step"),
    path("ventures/<int:pk>/form/<slug:step>/autosave/", application.autosave, name="apply_autosave"),
    path("ventures/<int:pk>/submit/", application.submit, name="apply_submit"),
    path("ventures/<int:pk>/resubmit/", application.resubmit, name="apply_resubmit"),
    path("ventures/<int:pk>/print/", application.printed, name="apply_print"),
    # Files and versions
    path("ventures/<int:pk>/papers/<int:rule>/", papers.attach, name="apply_attach"),
    path("attachments/<int:pk>/detach/", papers.detach, name="apply_detach"),
    path("ventures/<int:pk>/files/<uuid:file>/", papers.apply_file, name="apply_file"),
    path("ventures/<int:pk>/stamp/", papers.stamp, name="apply_stamp"),
    path("ventures/<int:pk>/pdf/", papers.apply_pdf, name="apply_pdf"),
    path("ventures/<int:pk>/submissions/<int:ordinal>/", versions.apply_receipt, name="apply_receipt"),
    path("ventures/<int:pk>/submissions/<int:ordinal>/pdf/", papers.apply_submission_pdf, name="apply_submission_pdf"),
    path("ventures/<int:pk>/compare/", versions.apply_compare, name="apply_compare"),
    path("ventures/<int:pk>/remark/", thread.apply_remark, name="apply_remark"),
    path("ventures/<int:pk>/copy/", paper_entry.copy, name="apply_copy"),
    path("ventures/<int:pk>/tables/<slug:table>/", excel.table_out, name="apply_table_out"),
    path("ventures/<int:pk>/tables/<slug:table>/take-over/", excel.table_in, name="apply_table_in"),
]
