"""The process that looks into files of others, from inside: without Django, because it starts in a tenth of a second."""
