const contact = document.getElementById("contact");
const contactText = contact?.textContent ?? "";

const mailAddress = /^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:]+$/;

// Everything in an address that has a meaning in a link is written as its code.
function mailLink(address) {
  return "mailto:" + address.split("@").map(encodeURIComponent).join("@");
}

// Where a text leads; one of another form leads nowhere.
function contactLink(text) {
  if (mailAddress.test(text)) return mailLink(text);
  if (/^https:\/\/[^\s/?#@]+([/?#]\S*)?$/.test(text)) return text;
  if (/^(tel:)?\+?[0-9][0-9 ()./-]{4,}$/.test(text)) return "tel:" + text.replace(/[^+0-9]/g, "");
  return "";
}

// Several ways to the vendor are divided by commas.
const contactParts = contactText.split(/(,\s+)/);
const contactAddress = contactParts.find((text) => mailAddress.test(text));

if (contact) {
  contact.replaceChildren(...contactParts.map((text) => {
    const href = contactLink(text);
    if (!href) return text;
    const link = document.createElement("a");
    link.href = href;
    link.rel = "noopener noreferrer";
    link.textContent = text;
    return link;
  }));
}

// A mail in which the vendor is asked to renew this license.
function renewalLink(license) {
  const values = { name: license.name, id: license.id };
  const subject = encodeURIComponent(phrase("renewalSubject", values));
  const body = encodeURIComponent(phrase("renewalBody", values).replaceAll("\n", "\r\n"));
  return mailLink(contactAddress) + "?subject=" + subject + "&body=" + body;
}
