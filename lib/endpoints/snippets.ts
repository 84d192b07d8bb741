import { KEY_PLACEHOLDER, KEY_SNIPPETS } from "./key-snippets.ts";
import type { Signature } from "./states.ts";

export const SNIPPET_LANGUAGES = ["node", "python", "go", "ruby", "php", "plain"] as const;
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

export type Snippet = { language: SnippetLanguage; label: string; note: string; code: string };

const SECRET_PLACEHOLDER = "whsec_your_secret";

/** How a receiver checks a delivery, with the endpoint's secret or public key filled in. */
export function verificationSnippets(signature: Signature = "hmac", secret = placeholderOf(signature)): Snippet[] {
  const snippets = signature === "ed25519" ? KEY_SNIPPETS : SNIPPETS;
  return SNIPPET_LANGUAGES.map((language) => {
    const { label, note, code } = snippets[language];
    return { language, label, note, code: code.replaceAll(placeholderOf(signature), () => secret) };
  });
}

/** What stands in a snippet until the secret is revealed. */
export function placeholderOf(signature: Signature): string {
  return signature === "ed25519" ? KEY_PLACEHOLDER : SECRET_PLACEHOLDER;
}

const NODE = `import { Webhook } from "standardwebhooks";

const webhook = new Webhook("${SECRET_PLACEHOLDER}");

// \`body\` is the raw text of the request, before any JSON parser has touched it.
// Throws when the signature is wrong or the timestamp is over five minutes off.
export function verify(body, headers) {
  return webhook.verify(body, headers);
}
`;

const PYTHON = `import base64, hashlib, hmac, time

SECRET = "${SECRET_PLACEHOLDER}"

# body: the raw bytes of the request. headers: with lower-case names.
def verify(body: bytes, headers) -> bool:
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # Several signatures, separated by spaces, while a secret is being rotated.
    return any(hmac.compare_digest(expected, given) for given in headers["webhook-signature"].split(" "))
`;

const GO = `package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const secret = "${SECRET_PLACEHOLDER}"

// Verify takes the raw body of the request, before any decoder has read it.
func Verify(body []byte, headers http.Header) bool {
	id, timestamp := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || math.Abs(float64(time.Now().Unix()-seconds)) > 300 {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	// Several signatures, separated by spaces, while a secret is being rotated.
	for _, given := range strings.Split(headers.Get("webhook-signature"), " ") {
		if hmac.Equal([]byte(expected), []byte(given)) {
			return true
		}
	}
	return false
}
`;

const RUBY = `require "openssl"

SECRET = "${SECRET_PLACEHOLDER}"

# body: the raw text of the request. headers: with lower-case names.
def verify(body, headers)
  id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
  return false if (Time.now.to_i - timestamp.to_i).abs > 300

  key = SECRET.delete_prefix("whsec_").unpack1("m")
  signed = "#{id}.#{timestamp}.".b + body.b
  expected = "v1," + [OpenSSL::HMAC.digest("SHA256", key, signed)].pack("m0")
  # Several signatures, separated by spaces, while a secret is being rotated.
  headers["webhook-signature"].split(" ").any? { |given| OpenSSL.secure_compare(expected, given) }
end
`;

const PHP = `<?php

const SECRET = "${SECRET_PLACEHOLDER}";

// $body: file_get_contents("php://input"). $headers: with lower-case names.
function verify(string $body, array $headers): bool {
    $id = $headers["webhook-id"];
    $timestamp = $headers["webhook-timestamp"];
    if (abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $key = base64_decode(substr(SECRET, strlen("whsec_")));
    $expected = "v1," . base64_encode(hash_hmac("sha256", "$id.$timestamp.$body", $key, true));
    // Several signatures, separated by spaces, while a secret is being rotated.
    foreach (explode(" ", $headers["webhook-signature"]) as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}
`;

const PLAIN = `# What every language does: HMAC-SHA256 over "id.timestamp.body", with the decoded secret as its key.
# id=…         the header webhook-id
# timestamp=…  the header webhook-timestamp
# body.json    the body, byte for byte
secret="${SECRET_PLACEHOLDER}"

key=$(printf %s "\${secret#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
printf 'v1,%s\\n' "$({ printf '%s.%s.' "$id" "$timestamp"; cat body.json; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)"
# One of the signatures in the header webhook-signature must be exactly this.
`;

const SNIPPETS = {
  node: { label: "Node", note: "npm install standardwebhooks", code: NODE },
  python: { label: "Python", note: "No package needed.", code: PYTHON },
  go: { label: "Go", note: "No package needed.", code: GO },
  ruby: { label: "Ruby", note: "No package needed.", code: RUBY },
  php: { label: "PHP", note: "No package needed.", code: PHP },
  plain: { label: "Plain HMAC", note: "In a shell, or to port to any other language.", code: PLAIN },
} satisfies Record<SnippetLanguage, Omit<Snippet, "language">>;
