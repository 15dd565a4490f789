"""What a user of PostgreSQL may do with a desk's tables that belong to somebody else."""

from bot.domain.errors import StoreUnavailable
from bot.store.lineage import Asked

_FORBIDDEN = """
    select relname as name, pg_get_userbyid(relowner) as owner, current_user as me from pg_class
    where relkind = 'r' and relnamespace = to_regnamespace(quote_ident(current_schema()))
        and relowner = (select relowner from pg_class
            where oid = to_regclass('samepage_migrations'))
        and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
            and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete'))
    order by name"""


def must_be_allowed(db: Asked) -> None:
    """Raises StoreUnavailable where the desk's tables may not be read, or not written to."""
    if forbidden := db.rows(_FORBIDDEN):
        me, owner = forbidden[0]["me"], forbidden[0]["owner"]
        tables = ", ".join(str(row["name"]) for row in forbidden[:3])
        more = ", …" * (len(forbidden) > 3)
        raise StoreUnavailable(
            f"{me} may not read and write its tables ({tables}{more}), they belong to {owner};"
            f' as an admin say there: reassign owned by "{owner}" to "{me}"'
        )
