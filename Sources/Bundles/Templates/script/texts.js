"use strict";

// What the page says, in the reader's language.

const languages = JSON.parse(document.querySelector("[data-texts]").dataset.texts);
let language = "en";
// The reader's own form of the language, such as en-GB for en: it writes dates in another order.
let locale = "en";

function preferredLanguage() {
  const wanted = navigator.languages.map((tag) => tag.split("-")[0].toLowerCase());
  return wanted.find((name) => name in languages) ?? "en";
}

function chooseLanguage(name) {
  language = name;
  locale = navigator.languages.find((tag) => tag.toLowerCase().startsWith(name + "-")) ?? name;
  document.documentElement.lang = name;
  formats.clear();
}

// Formatters are slow to make and fast to use.
const formats = new Map();

function format(kind, options) {
  const key = kind.name + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(locale, options));
  return formats.get(key);
}

function number(count) {
  return format(Intl.NumberFormat, {}).format(count);
}

// A text with its values put in. Of several forms `count` chooses one, as the language's grammar has it.
function phrase(name, values = {}) {
  let text = languages[language][name];
  if (typeof text === "object") {
    text = text[format(Intl.PluralRules, {}).select(values.count)] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (_, value) =>
    typeof values[value] === "number" ? number(values[value]) : values[value] ?? "");
}

// Gives the elements of a part of the page their texts.
function translate(root, values = {}) {
  for (const element of root.querySelectorAll("[data-text]")) {
    element.textContent = phrase(element.dataset.text, { ...element.dataset, ...values });
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", phrase(element.dataset.label));
  }
}
