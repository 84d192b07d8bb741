/** What to do about an HTTP answer that is not a success: by its code where the code says something, else by its class. */
export function answerAdvice(statusCode: number | null, host: string): string {
  if (statusCode === null) return `Look at the response, and at the logs of ${host}.`;
  return BY_CODE[statusCode] ?? byClass(statusCode, host);
}

const REFUSED_CONTENT =
  "Compare the request below with what the receiver expects; its response usually names the field.";
const REFUSED_CALLER =
  "Check that the receiver verifies with this endpoint's current secret, and any authorization header it asks for.";
const UNAVAILABLE = "The receiver or a proxy before it is down or overloaded. When it is back, retry what failed.";

const BY_CODE: Record<number, string> = {
  400: REFUSED_CONTENT,
  401: REFUSED_CALLER,
  403: REFUSED_CALLER,
  404: "Check the path of the endpoint's URL: the server is there, the page is not.",
  405: "Check the endpoint's method and the path of its URL: the receiver does not take this method there.",
  408: "The receiver gave up waiting for the request. Retry; when it goes on, look at the proxy before it.",
  409: "The receiver reports a conflict, often a repeat it has already handled. Look at its response before a retry.",
  410: "The receiver says the endpoint is gone, so it was disabled. Give it a new URL and enable it, or delete it.",
  413: "Raise the receiver's body limit; the size of our request is shown below.",
  415: "Let the receiver accept the content type shown in the request's headers.",
  422: REFUSED_CONTENT,
  429: "The receiver asks for fewer calls. Retries honour its Retry-After; raise its limit if this goes on.",
  502: UNAVAILABLE,
  503: UNAVAILABLE,
  504: UNAVAILABLE,
};

function byClass(statusCode: number, host: string): string {
  if (statusCode >= 500) return `Look at the logs of ${host} at this time; correct the error, then retry.`;
  if (statusCode >= 400) return `${host} refuses this request. Look at its response; a retry alone will hardly help.`;
  return "The endpoint counts only its expected statuses as success. Change the answer, or the endpoint's setting.";
}
