"""`demo` where it cannot begin."""

import socket


def test_a_second_demo_on_the_same_port_says_so_and_how_to_have_both(terminal):
    with socket.create_server(("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        second = terminal.type("demo", "--no-browser", "--port", str(port))
    assert second.exit_code == 1
    assert f"port {port} is taken; is another demo running?" in second.output
    assert 'make demo ARGS="--port 0"' in second.output


def test_a_port_that_cannot_be_is_wrong_usage(terminal):
    assert terminal.type("demo", "--port", "70000").exit_code == 2
