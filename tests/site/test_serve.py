"""Starting the site."""

import socket

import pytest

from sojourn.law.faults import InputError
from sojourn.site.serve import claim


@pytest.mark.parametrize("shared", [False, True], ids=["alone", "willing to share"])
def test_a_port_on_which_another_program_listens_is_refused(shared: bool) -> None:
    with socket.socket() as other:
        if shared:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=str(port)):
            claim("127.0.0.1", port)
    claim("127.0.0.1", port)


def test_a_host_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="no address"):
        claim("no such host", 0)
