// What was done is said where a screen reader hears it, and shown for a while.
const said = document.getElementById("said");
let saidTimer;

function say(text) {
  said.textContent = text;
  clearTimeout(saidTimer);
  saidTimer = setTimeout(() => { said.textContent = ""; }, 4000);
}

async function copyToken(license) {
  try {
    await navigator.clipboard.writeText(license.token);
    say(phrase("copied", { name: license.name }));
  } catch {
    say(copyFromField(license.token)
      ? phrase("copied", { name: license.name }) : phrase("notCopied"));
  }
}

// For browsers that keep their clipboard from pages on a disk.
function copyFromField(text) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  before?.focus();
  return isCopied;
}

function saveToken(license) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([license.token], { type: "application/jwt" }));
  link.download = "license.jwt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(phrase("saved", { name: license.name }));
}
