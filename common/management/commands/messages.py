"""`manage.py messages`: collect, merge, write and compile the translations."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common import translations


class Command(BaseCommand):
    help = "Collect the sentences of the code, merge their Chinese, write django.po and compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true", help="write nothing; exit 1 when something is wrong")
        how.add_argument("--compile", action="store_true", help="only compile django.po and locale/pending/*.po")
        how.add_argument("--absorb", action="store_true", help="write, then remove the pending files")
        how.add_argument("--missing", action="store_true", help="print what has no Chinese yet, as .po")

    def handle(self, **options: Any) -> None:
        if options["compile"]:
            stored = translations.read_stored(translations.TranslationSet())
            translations.compile_mo({**stored.stored, **stored.pending})
            return
        found = translations.collect()
        if options["missing"]:
            for key, text in found.merged.items():
                if not text:
                    self.stdout.write(f"# {', '.join(sorted(found.said[key]))}\n{_entry(key)}\n")
            return
        if options["check"]:
            if said := translations.problems(found):
                raise CommandError("\n".join(said))
            self.stdout.write(f"{len(found.said)} sentences, all translated.")
            return
        translations.write_po(found.merged)
        translations.compile_mo(found.merged)
        if options["absorb"]:
            for path in translations.pending_paths():
                path.unlink()
        missing = sum(not text for text in found.merged.values())
        self.stdout.write(f"{len(found.said)} sentences, {missing} untranslated.")


def _quoted(text: str) -> str:
    from babel.messages.pofile import normalize

    return normalize(text, width=0)


def _entry(key: translations.Key) -> str:
    """An empty entry, whole: context and plural belong to what gettext looks up."""
    context, one, many = key
    lines = [f"msgctxt {_quoted(context)}"] if context else []
    lines.append(f"msgid {_quoted(one)}")
    lines += [f"msgid_plural {_quoted(many)}", 'msgstr[0] ""'] if many else ['msgstr ""']
    return "\n".join(lines) + "\n"
