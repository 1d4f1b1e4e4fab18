"""How a mail's connection may end: half closed, lost, or shut by us; what was committed stays, and is said."""

import asyncio
import socket

import pytest

from bots.mail.connection import connect
from core.messages import ChannelCallbacks
from tests.fakes.mail_door import ENVELOPE, MAIL, Core, codes, opened
from tests.fakes.patience import PATIENCE


async def test_a_peer_that_has_closed_its_half_still_gets_its_250() -> None:
    async with opened() as door:
        answers = await door.raw(ENVELOPE, MAIL + b".\r\n", half_close=True)
        assert codes(answers) == ["220", "250", "250", "250", "354", "250"]
        assert len(door.core.taken) == 1


async def test_a_peer_that_has_gone_does_not_stop_the_commit() -> None:
    core = Core()
    core.gate.clear()
    async with opened(core) as door:
        wire = await asyncio.to_thread(socket.create_connection, ("127.0.0.1", door.port))
        wire.sendall(ENVELOPE + MAIL + b".\r\n")
        await core.asked.wait()
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        wire.close()
        await door.mails(b"Auto-Submitted: yes\r\n\r\n")  # by now the loop has seen the reset
        core.gate.set()
        await door.mails(sender="lain@warga.test")
        assert [envelope.sender.reveal() for envelope in core.taken] == ["budi@warga.test", "lain@warga.test"]


async def test_a_mail_cut_off_in_the_middle_is_no_mail() -> None:
    async with opened() as door:
        answers = await door.raw(ENVELOPE, MAIL, half_close=True)
        assert codes(answers) == ["220", "250", "250", "250", "354"]
        assert not door.core.taken


async def test_closing_waits_for_the_commit_and_says_250() -> None:
    core = Core()
    core.gate.clear()
    async with opened(core) as door:
        idle = await asyncio.to_thread(socket.create_connection, ("127.0.0.1", door.port))
        answer = asyncio.create_task(door.mails())
        await core.asked.wait()
        port = door.port
        door.listening.cancel()
        assert await asyncio.to_thread(_all_of, idle) != b""
        with pytest.raises(OSError, match=r"refused|reset"):
            await asyncio.to_thread(socket.create_connection, ("127.0.0.1", port))
        core.gate.set()
        assert await answer == 250
        await asyncio.wait({door.listening}, timeout=PATIENCE)
        assert door.listening.done()
        assert not door.way.ready()
    assert len(core.taken) == 1


def _all_of(wire: socket.socket) -> bytes:
    with wire:
        answers = b""
        while chunk := wire.recv(4_096):
            answers += chunk
        return answers


async def test_the_port_can_be_opened_again() -> None:
    async with opened() as door:
        port = door.port
        await door.mails()
    async with opened(MAIL_LISTEN=f"127.0.0.1:{port}") as door:
        assert await door.mails() == 250


async def test_a_port_that_is_taken_is_said_at_once() -> None:
    core = Core()
    async with opened() as door:
        way = connect({"MAIL_LISTEN": f"127.0.0.1:{door.port}"}, ChannelCallbacks(core.take, core.receipt))
        with pytest.raises(OSError, match="another program listens there"):
            await way.listen()
        assert not way.ready()
