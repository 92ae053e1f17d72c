"""Opens pages in a browser, one after the other, and prints what is to be seen there, as JSON.

    browse.py chromium|firefox < LOOKS

LOOKS is a list of objects, of which only `page` must be there:

    page        the file
    scheme      light or dark
    languages   what the reader's browser asks for, such as ["de-AT", "en"]    (Chromium)
    timeZone    of the reader's clock                                          (Chromium)
    viewport    [WIDTH, HEIGHT]
    asks        names and expressions, evaluated in their order; answers come under these names
    copies      whether the first token is copied with the keyboard alone      (Chromium)
    saves       a selector of the button whose download is to be looked at     (Chromium)
    prints      whether the page is printed
    axe         the file of axe-core, which then looks at the page in its forms (Chromium)
    screenshot  a file for the picture of it

Both browsers are driven by WebDriver BiDi (W3C): Firefox over its remote debugging port,
Chromium over chromedriver, and with a few commands of its DevTools.
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
import time
import urllib.request

import websockets

PATIENCE = 240
DESK = [1000, 800]
TELEPHONE = [360, 740]
FOLDER = pathlib.Path(__file__).parent
PAINTED = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


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
async def chromium(_, home):
    process, port = started(
        ["chromedriver", "--port=0"], r"started successfully on port (\d+)", home)
    options = {
        "binary": "/usr/bin/chromium",
        "args": ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 f"--user-data-dir={home}/profile"],
    }
    wanted = {"webSocketUrl": True, "goog:chromeOptions": options}
    session_id = None

    def ask(method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", method=method,
            data=json.dumps(body).encode() if body else None)
        return json.load(urllib.request.urlopen(request, timeout=PATIENCE))["value"]

    def tools(command, **parameters):
        return ask(
            "POST", f"/session/{session_id}/goog/cdp/execute",
            {"cmd": command, "params": parameters})

    try:
        answer = ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        session_id = answer["sessionId"]
        address = answer["capabilities"]["webSocketUrl"]
        async with websockets.connect(address, max_size=None) as socket:
            yield Session(socket, tools)
    finally:
        if session_id:
            ask("DELETE", f"/session/{session_id}")
        process.terminate()
        process.wait()


class Session:
    """Commands, and the events that came between their answers."""

    def __init__(self, socket, tools=None):
        self.socket = socket
        self.tools = tools
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
            raise SystemExit(f"{expression[:500]}: {answer}")
        return answer["result"].get("value")

    async def answer(self, context, expression):
        """The value of an expression, whatever its type."""
        text = await self.evaluate(
            context, f"(async () => JSON.stringify((await ({expression})) ?? null))()")
        return json.loads(text)

    async def resize(self, context, size):
        width, height = size
        await self.command(
            "browsingContext.setViewport", context=context,
            viewport={"width": width, "height": height})

    def emulate(self, media="", scheme="light"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.tools("Emulation.setEmulatedMedia", media=media, features=[feature])

    def set_reader(self, look):
        agent = self.tools("Browser.getVersion")["userAgent"]
        self.tools(
            "Emulation.setUserAgentOverride", userAgent=agent,
            acceptLanguage=",".join(look.get("languages", ["en-US", "en"])))
        self.tools("Emulation.setTimezoneOverride", timezoneId=look.get("timeZone", "UTC"))
        self.emulate(scheme=look.get("scheme", "light"))


async def press(session, context, *keys):
    actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
    await session.command(
        "input.performActions", context=context,
        actions=[{"type": "key", "id": "keyboard", "actions": actions}])


async def copied_by_keyboard(session, context):
    """What the page says after its first token was copied without a mouse."""
    tab, enter = "\ue004", "\ue006"
    for _ in range(20):
        await press(session, context, tab)
        if await session.answer(context, "document.activeElement.dataset.do === 'copy'"):
            break
    await press(session, context, enter)
    return await said(session, context)


async def said(session, context):
    return await session.answer(
        context,
        "new Promise(done => setTimeout(() => done(document.getElementById('said').textContent), 500))")


async def saved(session, context, selector, home):
    """The file that a button lets the reader download."""
    folder = pathlib.Path(home, "downloads")
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    session.tools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
    await session.evaluate(context, f"document.querySelector({json.dumps(selector)}).click()")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        files = [file for file in folder.iterdir() if file.suffix != ".crdownload"]
        if files:
            return {"name": files[0].name, "text": files[0].read_text()}
        await asyncio.sleep(0.05)
    return None


async def violations(session, context, look):
    """What axe-core finds in each form of the page."""
    await session.evaluate(context, pathlib.Path(look["axe"]).read_text() + ";0")
    forms = {
        "light": dict(scheme="light"), "dark": dict(scheme="dark"),
        "narrow": dict(scheme="light"), "printed": dict(media="print"),
    }
    found = []
    for form, media in forms.items():
        await session.resize(context, TELEPHONE if form == "narrow" else DESK)
        session.emulate(**media)
        await session.evaluate(context, PAINTED)
        found += [f"{form}: {text}" for text in await session.answer(
            context,
            "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>"
            " nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)))")]
    session.emulate()
    return found


async def look_at(session, context, look, home):
    url = pathlib.Path(look["page"]).resolve().as_uri()
    session.events.clear()
    await session.resize(context, look.get("viewport", DESK))
    if session.tools:
        session.set_reader(look)
    start = time.monotonic()
    await session.command("browsingContext.navigate", context=context, url=url, wait="complete")
    await session.evaluate(context, PAINTED)
    seconds = time.monotonic() - start
    facts = json.loads(await session.evaluate(context, (FOLDER / "look.js").read_text()))
    facts["readableAfter"] = seconds
    facts["checkedAfter"] = time.monotonic() - start
    if look.get("copies"):
        facts["copied"] = await copied_by_keyboard(session, context)
    if "saves" in look:
        facts["saved"] = await saved(session, context, look["saves"], home)
        facts["said"] = await said(session, context)
    facts["answers"] = {
        name: await session.answer(context, expression)
        for name, expression in look.get("asks", [])}
    if "axe" in look:
        facts["violations"] = await violations(session, context, look)
        facts["axeVersion"] = await session.answer(context, "axe.version")
    if "screenshot" in look:
        shot = await session.command("browsingContext.captureScreenshot", context=context)
        pathlib.Path(look["screenshot"]).write_bytes(base64.b64decode(shot["data"]))
        return facts
    await session.resize(context, TELEPHONE)
    facts["telephoneOverflow"] = await session.answer(
        context, "document.documentElement.scrollWidth - innerWidth")
    # Of the groups of digits of the fingerprints, those that go over the end of a line.
    facts["brokenGroups"] = await session.answer(
        context,
        "Array.from(document.querySelectorAll('.spoken span')).filter("
        "(group) => group.getClientRects().length !== 1).length")
    if look.get("prints"):
        opened = "document.querySelectorAll('details[open]').length"
        before = await session.answer(context, opened)
        pdf = await session.command("browsingContext.print", context=context)
        facts["paperPages"] = len(
            re.findall(rb"/Type\s*/Page\b(?!s)", base64.b64decode(pdf["data"])))
        if session.tools:
            session.emulate(media="print")
            await session.evaluate(context, PAINTED)
            facts["printedText"] = await session.answer(context, "document.body.innerText")
            session.emulate()
        facts["openedByPrinting"] = await session.answer(context, opened) - before
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


async def look_at_all(browser, scheme, looks):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        async with {"chromium": chromium, "firefox": firefox}[browser](scheme, home) as session:
            tree = await session.command("browsingContext.getTree")
            context = tree["contexts"][0]["context"]
            await session.command("session.subscribe", events=[
                "network.beforeRequestSent", "browsingContext.userPromptOpened",
                "log.entryAdded"])
            return [await look_at(session, context, look, home) for look in looks]


async def main(browser):
    looks = json.load(sys.stdin)
    seen = {}
    # Firefox has one color scheme from its start on.
    schemes = {look.get("scheme", "light") for look in looks} if browser == "firefox" else {None}
    for scheme in sorted(schemes, key=str):
        places = [place for place, look in enumerate(looks)
                  if scheme in (None, look.get("scheme", "light"))]
        answers = await asyncio.wait_for(
            look_at_all(browser, scheme, [looks[place] for place in places]), PATIENCE)
        seen.update(zip(places, answers))
    print(json.dumps([seen[place] for place in range(len(looks))]))


asyncio.run(main(sys.argv[1]))
