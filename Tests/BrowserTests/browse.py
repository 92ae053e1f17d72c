"""Opens a page in a browser and prints what is to be seen there, as JSON.

    browse.py chromium|firefox light|dark PAGE [SCREENSHOT WIDTH HEIGHT]

Both browsers are driven by WebDriver BiDi (W3C): Firefox over its remote debugging port,
Chromium over chromedriver.
"""

import asyncio
import base64
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

import websockets

PATIENCE = 240
TELEPHONE = {"width": 360, "height": 740}
FOLDER = pathlib.Path(__file__).parent


def started(arguments, announcement, home):
    """The process, and what it says of the place where it listens."""
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "HOME": home})
    for line in process.stdout:
        if match := re.search(announcement, line):
            return process, match[1]
    raise SystemExit(f"{arguments[0]} ended before it listened")


@contextlib.asynccontextmanager
async def firefox(scheme, home):
    dark = "1" if scheme == "dark" else "0"
    pathlib.Path(home, "user.js").write_text(
        f'user_pref("ui.systemUsesDarkTheme", {dark});\n'
        'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n')
    process, address = started(
        ["firefox-esr", "--headless", "--no-remote", "--profile", home,
         "--remote-debugging-port=0"],
        r"WebDriver BiDi listening on (ws://\S+)", home)
    try:
        # Its log must not fill the pipe.
        asyncio.get_running_loop().run_in_executor(None, process.stdout.read)
        async with websockets.connect(f"{address}/session", max_size=None) as socket:
            session = Session(socket)
            await session.command("session.new", capabilities={})
            yield session
    finally:
        process.terminate()
        process.wait()


@contextlib.asynccontextmanager
async def chromium(scheme, home):
    process, port = started(
        ["chromedriver", "--port=0"], r"started successfully on port (\d+)", home)
    options = {
        "binary": "/usr/bin/chromium",
        "args": ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}",
                 f"--user-data-dir={home}/profile"],
    }
    wanted = {"webSocketUrl": True, "goog:chromeOptions": options}
    session_id = None

    def ask(method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", method=method,
            data=json.dumps(body).encode() if body else None)
        return json.load(urllib.request.urlopen(request, timeout=PATIENCE))["value"]

    try:
        answer = ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        session_id = answer["sessionId"]
        address = answer["capabilities"]["webSocketUrl"]
        async with websockets.connect(address, max_size=None) as socket:
            yield Session(socket)
    finally:
        if session_id:
            ask("DELETE", f"/session/{session_id}")
        process.terminate()
        process.wait()


class Session:
    """Commands, and the events that came between their answers."""

    def __init__(self, socket):
        self.socket = socket
        self.count = 0
        self.events = []

    async def command(self, method, **parameters):
        self.count += 1
        await self.socket.send(
            json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            message = json.loads(await self.socket.recv())
            if message.get("id") == self.count:
                if message["type"] != "success":
                    raise SystemExit(f"{method}: {message}")
                return message["result"]
            self.events.append(message)

    async def evaluate(self, context, expression):
        answer = await self.command(
            "script.evaluate", expression=expression, target={"context": context},
            awaitPromise=True)
        if answer["type"] != "success":
            raise SystemExit(f"{expression}: {answer}")
        return answer["result"].get("value")


async def press(session, context, *keys):
    actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
    await session.command(
        "input.performActions", context=context,
        actions=[{"type": "key", "id": "keyboard", "actions": actions}])


async def copied_by_keyboard(session, context):
    """What the page says after its first token was copied without a mouse."""
    tab, enter = "\ue004", "\ue006"
    focused = "document.activeElement.textContent.trim()"
    for wanted in ["The token", "Copy the token"]:
        for _ in range(20):
            if await session.evaluate(context, focused) == wanted:
                break
            await press(session, context, tab)
        await press(session, context, enter)
    return await session.evaluate(
        context,
        "new Promise(done => setTimeout("
        "() => done(document.querySelector('.copied').textContent), 500))")


async def look(browser, scheme, page, screenshot):
    url = pathlib.Path(page).resolve().as_uri()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        async with {"chromium": chromium, "firefox": firefox}[browser](scheme, home) as session:
            tree = await session.command("browsingContext.getTree")
            context = tree["contexts"][0]["context"]
            await session.command("session.subscribe", events=[
                "network.beforeRequestSent", "browsingContext.userPromptOpened",
                "log.entryAdded"])
            await session.command(
                "browsingContext.navigate", context=context, url=url, wait="complete")
            facts = json.loads(
                await session.evaluate(context, (FOLDER / "look.js").read_text()))
            if screenshot:
                path, width, height = screenshot
                await session.command(
                    "browsingContext.setViewport", context=context,
                    viewport={"width": int(width), "height": int(height)})
                shot = await session.command(
                    "browsingContext.captureScreenshot", context=context)
                pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))
                return facts
            # A headless Firefox never has the focus, so that keys do nothing in it.
            if browser == "chromium":
                facts["copied"] = await copied_by_keyboard(session, context)
            await session.command(
                "browsingContext.setViewport", context=context, viewport=TELEPHONE)
            facts["telephoneOverflow"] = json.loads(await session.evaluate(
                context, "String(document.documentElement.scrollWidth - innerWidth)"))
            await session.command("browsingContext.print", context=context)
            facts["closedWhenPrinted"] = json.loads(await session.evaluate(
                context, "String(document.querySelectorAll('details:not([open])').length)"))
            facts["requests"] = [
                event["params"]["request"]["url"] for event in session.events
                if event["method"] == "network.beforeRequestSent"
                and event["params"]["request"]["url"] != url
                # Firefox draws the triangles of <details> with a font of its own.
                and not event["params"]["request"]["url"].startswith("data:")]
            facts["prompts"] = [
                event["params"]["message"] for event in session.events
                if event["method"] == "browsingContext.userPromptOpened"]
            facts["complaints"] = [
                event["params"]["text"] for event in session.events
                if event["method"] == "log.entryAdded"]
            return facts


def main(browser, scheme, page, *screenshot):
    facts = asyncio.run(asyncio.wait_for(look(browser, scheme, page, screenshot), PATIENCE))
    print(json.dumps(facts))


main(*sys.argv[1:])
