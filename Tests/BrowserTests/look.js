// What a person, with or without eyes, finds on the page; as JSON, once it has made up its mind.
(async () => {
  const verdict = document.getElementById("verdict");
  while (!verdict.classList.length) await new Promise((done) => setTimeout(done, 20));

  function text(element, selector) {
    const found = element.querySelector(selector);
    return found && !found.closest("[hidden]") ? found.textContent.trim() : null;
  }

  function license(article) {
    return {
      name: text(article, "h2"),
      label: document.getElementById(article.getAttribute("aria-labelledby"))?.textContent,
      about: text(article, ".about"),
      state: text(article, ".state"),
      signature: text(article, ".signature"),
      today: article.querySelector(".bar").getAttribute("aria-label"),
      claims: Array.from(article.querySelectorAll("tr"), (row) => [
        text(row, "th"),
        Array.from(row.querySelectorAll("td span"), (span) => span.textContent),
      ]),
      end: text(article, ".end"),
      remarks: Array.from(article.querySelectorAll(".remarks:not([hidden]) li"),
        (item) => item.textContent),
      token: text(article, ".token"),
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

  const withText = Array.from(document.body.querySelectorAll("*")).filter((element) =>
    element.tagName !== "SCRIPT" && element.tagName !== "NOSCRIPT"
    && Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim()));

  return JSON.stringify({
    title: document.title,
    verdict: verdict.textContent,
    kind: verdict.className,
    licenses: Array.from(document.querySelectorAll("article"), license),
    notices: Array.from(document.querySelectorAll("header .notice"), (p) => p.textContent),
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
