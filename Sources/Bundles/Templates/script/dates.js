const secondsPerDay = 86400;
const now = Math.floor(Date.now() / 1000);

function days(seconds) {
  return Math.ceil(seconds / secondsPerDay);
}

function inDays(seconds) {
  return format(Intl.RelativeTimeFormat, {}).format(days(seconds), "day");
}

function daysAgo(seconds) {
  return format(Intl.RelativeTimeFormat, {}).format(-days(seconds), "day");
}

function forDays(seconds) {
  return format(Intl.NumberFormat, { style: "unit", unit: "day", unitDisplay: "long" })
    .format(days(seconds));
}

function dayInWords(seconds, timeZone, month) {
  return format(Intl.DateTimeFormat, { day: "numeric", month, year: "numeric", timeZone })
    .format(seconds * 1000);
}

function timeOfDay(seconds, timeZone) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  const parts = format(Intl.DateTimeFormat, options).formatToParts(seconds * 1000);
  return ["hour", "minute"].map((type) => parts.find((part) => part.type === type).value).join(":");
}

function zoneName(seconds, timeZone) {
  return format(Intl.DateTimeFormat, { timeZoneName: "short", timeZone })
    .formatToParts(seconds * 1000).find((part) => part.type === "timeZoneName").value;
}

// A moment in words. What ends at midnight ends with the day before, at 24:00.
function moment(seconds, timeZone, isEnd) {
  const time = timeOfDay(seconds, timeZone);
  const isMidnight = isEnd && time === "00:00";
  return phrase("moment", {
    day: dayInWords(isMidnight ? seconds - 1 : seconds, timeZone, "long"),
    time: isMidnight ? "24:00" : time,
    zone: timeZone ?? zoneName(seconds, timeZone),
  });
}

// The same for the reader's clock, where that is another.
function localMoment(seconds, isEnd) {
  if (new Date(seconds * 1000).getTimezoneOffset() === 0) return "";
  return phrase("localMoment", { moment: moment(seconds, undefined, isEnd) });
}

function bothMoments(seconds, isEnd) {
  return [moment(seconds, "UTC", isEnd), localMoment(seconds, isEnd)].filter((text) => text);
}

// The last day of a term, short enough for a table.
function lastDay(license) {
  if (license.expiresAt === undefined) return phrase("noEnd");
  return dayInWords(license.expiresAt - 1, "UTC", "short");
}
