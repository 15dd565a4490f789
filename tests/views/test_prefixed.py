"""Where another app has the name, our sentences name the command as it is there."""

from bot.views.blocks import quote, section
from bot.views.drawn import Drawn
from bot.views.prefixed import prefixed

HELP = "Try `/case queue` or /desk help, see https://example.com/case"


def test_our_commands_carry_the_prefix_and_addresses_do_not():
    told = prefixed(Drawn(HELP, [section(HELP)]), "sp-")
    assert told.text == "Try `/sp-case queue` or /sp-desk help, see https://example.com/case"
    assert told.blocks[0]["text"]["text"] == told.text


def test_what_a_customer_wrote_stays_as_it_is():
    words = [quote("type /case here")]
    assert prefixed(Drawn("a card", words), "sp-").blocks == words


def test_without_a_prefix_nothing_is_touched():
    told = Drawn(HELP, [section(HELP)])
    assert prefixed(told, "") is told
