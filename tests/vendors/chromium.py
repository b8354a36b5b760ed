"""A real Chromium without a window, driven by its own protocol; it is used where it is installed."""

import asyncio
import base64
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

INSTALLED = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ABSENT = "Chromium: not installed here, the pages were not looked at in a browser (apt install chromium)"
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0",
)  # fmt: skip
NUMBERS = count(1)


class Page:
    """One open tab."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket

    async def call(self, method: str, **params: Any) -> Mapping[str, Any]:
        """What the browser answers; AssertionError when it refuses."""
        number = next(NUMBERS)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer = await asyncio.wait_for(self._socket.receive_json(), 20)
            if answer.get("id") == number:
                assert "error" not in answer, answer
                found: Mapping[str, Any] = answer["result"]
                return found

    async def open(self, url: str) -> None:
        await self.call("Page.navigate", url=url)
        await self.until(f"document.readyState === 'complete' && location.href.startsWith({url[:20]!r})")

    async def until(self, condition: str) -> None:
        for _ in range(200):
            if await self.finds(condition):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"never: {condition}")

    async def finds(self, expression: str) -> Any:
        """The value of an expression, asked by the debugger, so that it works where scripts are switched off."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    async def types(self, text: str) -> None:
        await self.call("Input.insertText", text=text)

    async def presses(self, key: str) -> None:
        codes = {"Tab": 9, "Enter": 13}
        about: dict[str, Any] = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        text = {"text": "\r"} if key == "Enter" else {}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **about, **text)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    async def looks_like(self, file: Path) -> None:
        """A picture of the page, for people."""
        shot = await self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        await asyncio.to_thread(file.write_bytes, base64.b64decode(shot["data"]))


@asynccontextmanager
async def browser(*, width: int = 1000, scripts: bool = True, dark: bool = False) -> AsyncIterator[Page]:
    """A tab of a fresh profile, as wide as that many CSS pixels."""
    assert INSTALLED is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            INSTALLED, *FLAGS, f"--user-data-dir={profile}", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            port = await _port(Path(profile) / "DevToolsActivePort")
            async with ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as listed:
                    tab = next(each for each in await listed.json() if each["type"] == "page")
                async with session.ws_connect(tab["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    page = Page(socket)
                    await page.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                                    deviceScaleFactor=1, mobile=width < 600)  # fmt: skip
                    await page.call("Emulation.setScriptExecutionDisabled", value=not scripts)
                    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
                    await page.call("Emulation.setEmulatedMedia", features=[scheme])
                    yield page
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _port(file: Path) -> int:
    for _ in range(400):
        if found := await asyncio.to_thread(_read, file):
            return int(found.splitlines()[0])
        await asyncio.sleep(0.05)
    raise AssertionError("Chromium did not start")


def _read(file: Path) -> str:
    return file.read_text() if file.exists() else ""
