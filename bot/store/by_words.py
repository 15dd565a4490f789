"""The index of words in each engine: FTS5 in SQLite, `tsvector` in PostgreSQL."""

from dataclasses import dataclass

from bot.domain.lexemes import MORE, Lexeme, Sought


@dataclass(frozen=True)
class ByWords:
    """The statements, and how the engine writes *and*, *or* and a word's beginning."""

    table: str
    lookup: str
    put: str  # :words are those of :case now
    append: str  # :words are some more of :case
    extent: str  # how many words of :case are kept, and whether there are more
    find: str  # the `case_id` of what fits :sought
    both: str
    either: str
    beginning: str

    def written(self, sought: Sought) -> str:
        alternatives = (
            self.either.join(f"({self.both.join(map(self._one, needed))})" for needed in each)
            for each in sought
        )
        whole = self.both.join(f"({each})" for each in alternatives)
        return f"({whole}){self.either}{MORE}"  # what has words in no index may fit

    def _one(self, lexeme: Lexeme) -> str:
        return f"{lexeme.text}{self.beginning if lexeme.is_beginning else ''}"


FTS5 = ByWords(
    table="""create virtual table case_words using fts5(
        words, detail = none, columnsize = 0, tokenize = "ascii tokenchars '_'")""",
    lookup="",
    put="insert or replace into case_words (rowid, words) values (:case, :words)",
    append="update case_words set words = words || ' ' || :words where rowid = :case",
    extent=f"""select length(words) - length(replace(words, ' ', '')) + 1 as n,
                   instr(words, '{MORE}') > 0 as has_more
               from case_words where rowid = :case""",
    find="select rowid as case_id from case_words where case_words match :sought",
    both=" AND ",
    either=" OR ",
    beginning="*",
)
TSVECTOR = ByWords(
    table="create table case_words (case_id bigint primary key, words tsvector not null)",
    lookup="create index case_words_by_word on case_words using gin (words)",
    put="""insert into case_words (case_id, words) values (:case, cast(:words as tsvector))
           on conflict (case_id) do update set words = excluded.words""",
    append="""update case_words set words = words || cast(:words as tsvector)
              where case_id = :case""",
    extent=f"""select length(words) as n, words @@ cast('{MORE}' as tsquery) as has_more
               from case_words where case_id = :case""",
    find="select case_id from case_words where words @@ cast(:sought as tsquery)",
    both=" & ",
    either=" | ",
    beginning=":*",
)
