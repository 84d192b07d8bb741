/** Whatever a terminal would obey, or that turns text around: requests come from anybody. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const LONGEST_TYPE = 60;

/** @param {string} text */
export function plain(text) {
  return text.replace(UNSEEN, "�");
}

/**
 * @param {{ id: string, receivedAt: string, method: string, verdict: string, type: string | null, providerAttempt: number | null }} row
 * @param {string} answer
 */
export function lineOf({ id, receivedAt, method, verdict, type, providerAttempt }, answer) {
  const name = (type ?? "no type").slice(0, LONGEST_TYPE);
  const again = providerAttempt !== null && providerAttempt > 1 ? ` (attempt ${providerAttempt})` : "";
  return `${timeOf(receivedAt)}  ${method} ${name}${again}  ${id}  ${verdict}  → ${answer}`;
}

/** The time of day, here. @param {string} moment */
function timeOf(moment) {
  const at = new Date(moment);
  const [hours, minutes, seconds] = [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) =>
    String(n).padStart(2, "0"),
  );
  return `${hours}:${minutes}:${seconds}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}
