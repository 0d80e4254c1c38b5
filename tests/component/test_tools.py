"""What the benchmarks' client does on a real connection."""

import asyncio

from bench.wire import Client, read_message


def test_the_client_opens_another_connection_when_the_server_has_closed_its_own() -> None:
    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_message(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n[1,2,3]")
        writer.close()

    async def ask_twice() -> list[object]:
        server = await asyncio.start_server(answer_once, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Client(f"http://127.0.0.1:{port}", "afk_key") as client:
            answers = [await client.get("/")]
            await asyncio.sleep(0.05)
            return [*answers, await client.post("/", {})]

    assert asyncio.run(ask_twice()) == [[1, 2, 3]] * 2
