const keyEntries = Array.from(document.querySelectorAll(".keys li"));

// A line may end between groups of digits, and not within one.
for (const digits of document.querySelectorAll(".spoken")) {
  const groups = digits.textContent.split(" ").map((text) => {
    const group = document.createElement("span");
    group.textContent = text;
    return group;
  });
  digits.replaceChildren(...groups.flatMap((group) => [group, " "]).slice(0, -1));
}

// What each key does for this bundle: the first has signed it.
function showKeys() {
  for (const [place, entry] of keyEntries.entries()) {
    const count = Number(entry.dataset.signed);
    const uses = [];
    if (place === 0) uses.push(phrase("signsNow"));
    if (count > 0) uses.push(phrase("hasSigned", { count }));
    if (uses.length === 0) uses.push(phrase("standsBy"));
    entry.querySelector(".key-use").textContent = uses.join(" · ");
  }
}
