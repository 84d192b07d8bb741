/** Stands in a snippet until the key is revealed. */
export const KEY_PLACEHOLDER = "whpk_your_public_key";

// How a receiver checks an Ed25519 signature: the public key can be read by anybody, and signs nothing.

const NODE = `import { createPublicKey, verify as verifySignature } from "node:crypto";

const KEY = "${KEY_PLACEHOLDER}";

const x = Buffer.from(KEY.replace("whpk_", ""), "base64").toString("base64url");
const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });

// \`body\` is the raw text of the request, before any JSON parser has touched it. headers: with lower-case names.
// Throws when the signature is wrong or the timestamp is over five minutes off.
export function verify(body, headers) {
  const timestamp = Number(headers["webhook-timestamp"]);
  const signed = Buffer.from(\`\${headers["webhook-id"]}.\${timestamp}.\${body}\`);
  const fresh = Math.abs(Date.now() / 1000 - timestamp) <= 300;
  // Several signatures, separated by spaces, while a key is being rotated.
  const valid = headers["webhook-signature"].split(" ").some((given) => {
    const [version, signature] = given.split(",");
    return version === "v1a" && verifySignature(null, signed, publicKey, Buffer.from(signature, "base64"));
  });
  if (!fresh || !valid) throw new Error("This is no genuine delivery");
  return JSON.parse(body);
}
`;

const PYTHON = `import base64, time
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY = Ed25519PublicKey.from_public_bytes(base64.b64decode("${KEY_PLACEHOLDER}".removeprefix("whpk_")))

# body: the raw bytes of the request. headers: with lower-case names.
def verify(body: bytes, headers) -> bool:
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    # Several signatures, separated by spaces, while a key is being rotated.
    for given in headers["webhook-signature"].split(" "):
        version, _, signature = given.partition(",")
        if version == "v1a":
            try:
                KEY.verify(base64.b64decode(signature), signed)
                return True
            except InvalidSignature:
                pass
    return False
`;

const GO = `package webhooks

import (
	"crypto/ed25519"
	"encoding/base64"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const key = "${KEY_PLACEHOLDER}"

// Verify takes the raw body of the request, before any decoder has read it.
func Verify(body []byte, headers http.Header) bool {
	id, timestamp := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || math.Abs(float64(time.Now().Unix()-seconds)) > 300 {
		return false
	}
	public, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(key, "whpk_"))
	if err != nil || len(public) != ed25519.PublicKeySize {
		return false
	}
	signed := append([]byte(id+"."+timestamp+"."), body...)
	// Several signatures, separated by spaces, while a key is being rotated.
	for _, given := range strings.Split(headers.Get("webhook-signature"), " ") {
		version, text, _ := strings.Cut(given, ",")
		signature, err := base64.StdEncoding.DecodeString(text)
		if version == "v1a" && err == nil && ed25519.Verify(public, signed, signature) {
			return true
		}
	}
	return false
}
`;

const RUBY = `require "openssl"

KEY = OpenSSL::PKey.read(["302a300506032b6570032100"].pack("H*") + "${KEY_PLACEHOLDER}".delete_prefix("whpk_").unpack1("m"))

# body: the raw text of the request. headers: with lower-case names.
def verify(body, headers)
  id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
  return false if (Time.now.to_i - timestamp.to_i).abs > 300

  signed = "#{id}.#{timestamp}.".b + body.b
  # Several signatures, separated by spaces, while a key is being rotated.
  headers["webhook-signature"].split(" ").any? do |given|
    version, signature = given.split(",")
    version == "v1a" && KEY.verify(nil, signature.unpack1("m"), signed)
  end
end
`;

const PHP = `<?php

const KEY = "${KEY_PLACEHOLDER}";

// $body: file_get_contents("php://input"). $headers: with lower-case names.
function verify(string $body, array $headers): bool {
    $id = $headers["webhook-id"];
    $timestamp = $headers["webhook-timestamp"];
    if (abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $key = base64_decode(substr(KEY, strlen("whpk_")));
    // Several signatures, separated by spaces, while a key is being rotated.
    foreach (explode(" ", $headers["webhook-signature"]) as $given) {
        [$version, $signature] = explode(",", $given, 2);
        $bytes = base64_decode($signature);
        if ($version === "v1a" && strlen($bytes) === SODIUM_CRYPTO_SIGN_BYTES
            && sodium_crypto_sign_verify_detached($bytes, "$id.$timestamp.$body", $key)) {
            return true;
        }
    }
    return false;
}
`;

const PLAIN = `# What every language does: Ed25519 over "id.timestamp.body", verified with the decoded public key.
# id=…         the header webhook-id
# timestamp=…  the header webhook-timestamp
# signature=…  what stands behind "v1a," in the header webhook-signature
# body.json    the body, byte for byte
key="${KEY_PLACEHOLDER}"

folder=$(mktemp -d)
{ printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'; printf %s "\${key#whpk_}" | openssl base64 -d -A; } > "$folder/key.der"
{ printf '%s.%s.' "$id" "$timestamp"; cat body.json; } > "$folder/signed"
printf %s "$signature" | openssl base64 -d -A > "$folder/signature"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$folder/key.der" -rawin -in "$folder/signed" -sigfile "$folder/signature"
rm -r "$folder"
`;

export const KEY_SNIPPETS = {
  node: { label: "Node", note: "No package needed.", code: NODE },
  python: { label: "Python", note: "pip install cryptography", code: PYTHON },
  go: { label: "Go", note: "No package needed.", code: GO },
  ruby: { label: "Ruby", note: "No package needed.", code: RUBY },
  php: { label: "PHP", note: "No package needed: sodium comes with PHP.", code: PHP },
  plain: { label: "Plain Ed25519", note: "In a shell, or to port to any other language.", code: PLAIN },
} as const;
