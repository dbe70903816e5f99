"""Who may know what, asked at every door: pages, refusals, counts, search, exports and mails."""
