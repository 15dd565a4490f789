"""Words are folded otherwise, and cases found by all that their customer wrote: all anew."""

M017_WORDS_ANEW = (
    """update counters set value = (select value from counters where name = 'case')
       where name = 'unworded'""",
)
