// What a person, with or without eyes, finds on the page; as JSON, once it has made up its mind.
(async () => {
  const verdict = document.getElementById("verdict");
  while (!("done" in verdict.dataset)) await new Promise((done) => setTimeout(done, 20));

  function text(element, selector) {
    const found = element.querySelector(selector);
    return found && !found.closest("[hidden]") ? found.textContent.trim() : null;
  }

  function color(element) {
    return ["good", "soon", "later", "over", "bad"]
      .find((name) => element?.classList.contains(name)) ?? null;
  }

  function license(article) {
    return {
      name: text(article, "h2"),
      label: document.getElementById(article.getAttribute("aria-labelledby"))?.textContent,
      about: text(article, ".about"),
      state: text(article, ".state"),
      color: color(article.querySelector(".state:not([hidden])")),
      signature: text(article, ".signature"),
      wait: text(article, ".wait"),
      bar: text(article, ".bar") === null ? null
        : article.querySelector(".bar").getAttribute("aria-label"),
      claims: Array.from(article.querySelectorAll(".claims tr"), (row) => [
        text(row, "th"),
        Array.from(row.querySelectorAll("td span"), (span) => span.textContent),
      ]),
      term: Object.fromEntries(Array.from(article.querySelectorAll(".term > div"), (entry) => [
        entry.querySelector("dt").textContent,
        Array.from(entry.querySelectorAll("dd"), (value) => value.textContent),
      ])),
      renewal: article.querySelector(".renewal:not([hidden])")?.href ?? null,
      token: text(article, ".token"),
    };
  }

  function row(element) {
    return {
      name: text(element, "th"),
      state: text(element, ".state"),
      color: color(element.querySelector(".state")),
      end: element.cells[2].textContent,
      isFolded: element.closest(".fold:not([open])") !== null,
    };
  }

  // Contrast (WCAG 2.2, success criterion 1.4.3)

  function channels(color) {
    const numbers = color.match(/[\d.]+/g).map(Number);
    return { rgb: numbers.slice(0, 3), alpha: numbers[3] ?? 1 };
  }

  function luminance(rgb) {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function background(element) {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, alpha } = channels(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
  }

  function contrast(element) {
    const lights = [channels(getComputedStyle(element).color).rgb, background(element)]
      .map(luminance).sort((a, b) => a - b);
    return (lights[1] + 0.05) / (lights[0] + 0.05);
  }

  const withText = Array.from(document.body.querySelectorAll("*")).slice(0, 3000)
    .filter((element) => !["SCRIPT", "NOSCRIPT"].includes(element.tagName)
      && Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim()));

  return JSON.stringify({
    title: document.title,
    language: document.documentElement.lang,
    verdict: verdict.textContent,
    kind: color(verdict),
    summary: Array.from(document.querySelectorAll("#summary button"), (button) => ({
      text: button.textContent, color: color(button),
    })),
    licenses: Array.from(document.querySelectorAll("article"), license),
    rows: Array.from(document.querySelectorAll(".list > tbody > tr:not(.opened)"), row),
    keys: Array.from(document.querySelectorAll(".keys li"), (entry) => ({
      name: text(entry, ".key-name"),
      use: text(entry, ".key-use"),
      fingerprints: Array.from(entry.querySelectorAll(".fingerprint"), (p) => p.textContent),
      groups: entry.querySelectorAll(".spoken span").length,
    })),
    notices: Array.from(document.querySelectorAll("header > .notice"), (p) => p.textContent),
    contacts: Array.from(document.querySelectorAll("#contact a"), (link) => link.href),
    images: Array.from(document.images, (image) => ({
      alt: image.alt, width: image.naturalWidth, isComplete: image.complete,
    })),
    body: document.body.innerText,
    elements: Array.from(new Set(
      Array.from(document.querySelectorAll("*"), (element) => element.tagName.toLowerCase()),
    )).sort(),
    scripts: document.scripts.length,
    handlers: Array.from(document.querySelectorAll("*")).filter((element) =>
      Array.from(element.attributes).some((attribute) => attribute.name.startsWith("on"))).length,
    paper: getComputedStyle(document.body).backgroundColor,
    leastContrast: Math.min(...withText.map(contrast)),
  });
})();
