"""By which door a post came in: its replies leave by the same one."""

M010_ACCOUNTS = ("alter table posts add column door text",)
