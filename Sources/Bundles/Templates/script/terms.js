// In which phase of its term a license is today.

const phases = ["bad", "grace", "notice", "later", "valid", "expired"];
const daysThatAreSoon = 30;

function endOfGrace(license) {
  return license.graceEnds ?? license.expiresAt;
}

function termPhase(license) {
  if (license.fault) return "bad";
  if (endOfGrace(license) <= now) return "expired";
  if (license.expiresAt <= now) return "grace";
  if (now < license.notBefore) return "later";
  const soon = license.noticeFrom ?? license.expiresAt - daysThatAreSoon * secondsPerDay;
  return now >= soon ? "notice" : "valid";
}

// What is said of it; a table has a column of its own for the end.
function stateText(license, isShort) {
  const left = license.expiresAt - now;
  switch (termPhase(license)) {
    case "bad": return phrase("notValid");
    case "expired": return phrase("expired", { when: daysAgo(-left) });
    case "grace":
      return phrase("grace", { when: daysAgo(-left), days: forDays(endOfGrace(license) - now) });
    case "later": return phrase("later", { when: inDays(license.notBefore - now) });
    case "notice": return phrase("notice", { when: inDays(left) });
    default:
      if (isShort) return phrase("valid");
      return license.expiresAt === undefined
        ? phrase("validForEver") : phrase("validUntil", { when: inDays(left) });
  }
}

const colors = { bad: "bad", grace: "soon", notice: "soon", later: "later", valid: "good", expired: "over" };

// What no signature stands behind yet has no color.
function stateColor(license) {
  const phase = termPhase(license);
  return license.isChecked || phase === "bad" ? colors[phase] : "";
}

function showBadge(badge, text, color) {
  badge.textContent = text;
  badge.classList.remove("good", "soon", "later", "over", "bad");
  if (color) badge.classList.add(color);
}

function showState(badge, license, isShort) {
  showBadge(badge, stateText(license, isShort), stateColor(license));
}

// How many licenses are in a phase, in words.
function countText(phase, licenses) {
  const names = {
    bad: "countBad", grace: "countGrace", notice: "countNotice", later: "countLater",
    valid: "countValid", expired: "countExpired",
  };
  const ends = licenses.map((license) => license.expiresAt);
  const when = phase === "notice"
    ? inDays(ends.reduce((first, end) => Math.min(first, end)) - now) : "";
  return phrase(names[phase], { count: licenses.length, when });
}
