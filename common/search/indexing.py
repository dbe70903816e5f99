"""Keeping the index: what a thing contains is compared with what is indexed, and only the difference is written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, router, transaction
from django.db.models import QuerySet

from common.models.search import SearchGram, SearchText
from common.search.grams import grams_of, haystack, packed

BATCH = 500  # things per transaction of `reindex`: others write in between

# Rows of values: the key, then the fields that a thing is found by. Called again for every use.
Rows = Callable[[], QuerySet[Any, Any]]
Followers = Callable[[Sequence[int]], Iterable[int]]


@dataclass(frozen=True)
class Kind:
    """`number` stands in the index; it is never given to another kind. `whole` is a column with an index of its own that
    holds what a thing is called exactly (HC2020-001)."""

    name: str
    number: int
    rows: Rows
    whole: str = ""


kinds: dict[str, Kind] = {}
_followers: dict[str, list[tuple[str, Followers]]] = {}


def searchable(name: str, number: int, whole: str = "") -> Callable[[Rows], Rows]:
    """Register what things of a kind (`ventures.venture`) are found by. Called when a room starts."""

    def register(rows: Rows) -> Rows:
        kinds[name] = Kind(name, number, rows, whole)
        return rows

    return register


def follows(leader: str, kind: str) -> Callable[[Followers], Followers]:
    """Register which things of `kind` contain terms of `leader` things and are indexed anew with them."""

    def register(followers: Followers) -> Followers:
        _followers.setdefault(leader, []).append((kind, followers))
        return followers

    return register


def index(kind: str, pk: int) -> None:
    """Index one thing as it is stored now. Call it inside the transaction that changes it."""
    index_many(kind, [pk])


@transaction.atomic(savepoint=False)
def index_many(kind: str, pks: Iterable[int]) -> None:
    """The same for many. What is not there any more, or not to be found, is taken out. Raises nothing to go on after."""
    changed = _index(kinds[kind], sorted(set(pks)))
    if changed:
        for follower, of in _followers.get(kind, ()):
            index_many(follower, of(changed))


def _index(kind: Kind, pks: list[int], *, all_grams: bool = False) -> list[int]:
    """Keys whose text has changed. With `all_grams` what is indexed is indexed again, whatever happened to it."""
    # The lock first, then the terms: of two who index the same thing the second reads what the first has stored.
    indexed = dict(
        SearchText.objects.select_for_update()
        .filter(kind=kind.number, subject_id__in=pks)
        .order_by("subject_id")
        .values_list("subject_id", "text")
    )
    wanted = {pk: haystack(map(str, fields)) for pk, *fields in kind.rows().filter(pk__in=pks).order_by("pk")}
    new = _insert_texts(kind, {pk: text for pk, text in wanted.items() if pk not in indexed})
    changed = sorted(new | {pk for pk, text in indexed.items() if wanted.get(pk) != text})
    _replace_texts(kind, {pk: wanted[pk] for pk in changed if pk in indexed and pk in wanted})
    _drop_texts(kind, [pk for pk in indexed if pk not in wanted])
    added, gone = [], []
    for pk in sorted(new | indexed.keys()) if all_grams else changed:
        before, after = grams_of(indexed.get(pk, "")), grams_of(wanted.get(pk, ""))
        added += [(packed(kind.number, g), pk) for g in (after if all_grams else after - before)]
        gone += [(packed(kind.number, g), pk) for g in before - after]
    _write_grams(added, gone)
    if late := [pk for pk in wanted if pk not in indexed and pk not in new]:  # somebody else indexed them just now
        changed += _index(kind, late, all_grams=all_grams)
    return changed


def reindex(kind: str) -> Iterator[int]:
    """Index everything of a kind again, in batches, while people work; after each batch yields how many are done."""
    this, last, done = kinds[kind], 0, 0
    while True:
        pks = list(this.rows().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])
        stale = SearchText.objects.filter(kind=this.number, subject_id__gt=last)
        if len(pks) == BATCH:
            stale = stale.filter(subject_id__lte=pks[-1])
        with transaction.atomic():
            _index(this, sorted({*pks, *stale.values_list("subject_id", flat=True)}), all_grams=True)
        done += len(pks)
        yield done
        if len(pks) < BATCH:
            return
        last = pks[-1]


def fill_if_empty(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """After a migration of an installation from before the index: index what is there. Else two queries a kind."""
    from django.apps import apps

    with_models = [a for a in apps.get_app_configs() if a.models_module is not None]
    if sender is not None and sender is not with_models[-1]:
        return
    tables = set(connections[using].introspection.table_names())
    for kind in kinds.values():
        rows = kind.rows()
        if {SearchText._meta.db_table, SearchGram._meta.db_table, rows.model._meta.db_table} <= tables and not (
            SearchText.objects.filter(kind=kind.number).exists()
        ):
            for _ in reindex(kind.name) if rows.exists() else ():
                pass


# --- Writing: rows by the thousand, so past the ORM -------------------------------------------------------------------


def _insert_texts(kind: Kind, texts: dict[int, str]) -> set[int]:
    """Keys that were really inserted; the others are somebody else's."""
    inserted: set[int] = set()
    for some in _in_pieces(list(texts.items())):
        values = ", ".join(["(%s, %s, %s)"] * len(some))
        with _connection().cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {SearchText._meta.db_table} (kind, subject_id, text) VALUES {values} "
                "ON CONFLICT DO NOTHING RETURNING subject_id",
                [x for pk, text in some for x in (kind.number, pk, text)],
            )
            inserted.update(pk for (pk,) in cursor.fetchall())
    return inserted


def _replace_texts(kind: Kind, texts: dict[int, str]) -> None:
    for some in _in_pieces(list(texts.items())):
        values = ", ".join(["(%s, %s, %s)"] * len(some))
        with _connection().cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {SearchText._meta.db_table} (kind, subject_id, text) VALUES {values} "
                "ON CONFLICT (kind, subject_id) DO UPDATE SET text = excluded.text",
                [x for pk, text in some for x in (kind.number, pk, text)],
            )


def _drop_texts(kind: Kind, pks: list[int]) -> None:
    if pks:
        SearchText.objects.filter(kind=kind.number, subject_id__in=pks).delete()


def _write_grams(added: list[tuple[int, int]], gone: list[tuple[int, int]]) -> None:
    table, connection = SearchGram._meta.db_table, _connection()
    insert = f"INSERT INTO {table} (gram, subject_id) %s ON CONFLICT DO NOTHING"
    delete = f"DELETE FROM {table} WHERE (gram, subject_id) IN (%s)"
    with connection.cursor() as cursor:
        for statement, pairs in ((delete, gone), (insert, added)):
            if not pairs:
                continue
            pairs.sort()  # neighbours in the index, and everybody in the same order
            if connection.vendor == "postgresql":
                arrays = [[g for g, _ in pairs], [pk for _, pk in pairs]]
                cursor.execute(statement % "SELECT * FROM unnest(%s::bigint[], %s::bigint[])", arrays)
            else:
                cursor.executemany(statement % "VALUES (%s, %s)", pairs)


def _in_pieces(pairs: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    return (pairs[at : at + BATCH] for at in range(0, len(pairs), BATCH))


def _connection() -> Any:
    return connections[router.db_for_write(SearchGram)]
