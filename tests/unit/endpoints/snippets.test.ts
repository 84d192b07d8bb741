import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, describe, expect, test } from "vitest";
import { sign, signingKey } from "../../../lib/delivery/sign.ts";
import {
  placeholderOf,
  SNIPPET_LANGUAGES,
  type SnippetLanguage,
  verificationSnippets,
} from "../../../lib/endpoints/snippets.ts";
import { newWebhookKey, verificationSecret } from "../../../lib/secrets/webhook-secret.ts";

// Inside the project, so that Node's snippet finds its package as a receiver's would.
const FOLDER = fs.mkdtempSync(path.join(import.meta.dirname, ".snippets-"));
afterAll(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

const secret = `whsec_${randomBytes(32).toString("base64")}`;
const oldSecret = `whsec_${randomBytes(32).toString("base64")}`;
const body = '{"type":"order.created","data":{"note":"Grüße 🎺 $5","big":12345678901234567890}}';

type Call = { body: string; headers: Record<string, string> };

function delivered(signers: string[], at = new Date()): Call {
  const id = "evt_01m4xk0000000000000000000";
  const signature = signers.map((signer) => new Webhook(signer).sign(id, at, body)).join(" ");
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { body, headers: { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } };
}

const FIVE_MINUTES_AGO = new Date(Date.now() - 301_000);
const CALLS = {
  genuine: { call: delivered([secret]), valid: true },
  "signed by the old secret too": { call: delivered([oldSecret, secret]), valid: true },
  "signed by another secret": { call: delivered([oldSecret]), valid: false },
  "with a changed body": { call: { ...delivered([secret]), body: `${body} ` }, valid: false },
  "older than five minutes": { call: delivered([secret], FIVE_MINUTES_AGO), valid: false },
};

/** How a receiver would call the snippet; each prints `valid` for a genuine call. */
const RUNS: Record<SnippetLanguage, (code: string, call: Call) => string> = {
  node: (code, call) =>
    run("node", ["--input-type=module"], {
      input: `${code}\ntry { verify(${json(call.body)}, ${json(call.headers)}); console.log("valid") } catch {}`,
    }),
  python: (code, call) =>
    run("python3", ["-"], {
      input: `${code}\nimport json\nif verify(json.loads(${json(json(call.body))}).encode(), json.loads(${json(json(call.headers))})): print("valid")`,
    }),
  go: (code, call) => {
    const main = `package main\nimport ("encoding/json"; "fmt"; "io"; "net/http"; "os")\nfunc main() { var call struct { Body string; Headers map[string]string }; text, _ := io.ReadAll(os.Stdin); json.Unmarshal(text, &call); h := http.Header{}; for k, v := range call.Headers { h.Set(k, v) }; if Verify([]byte(call.Body), h) { fmt.Println("valid") } }`;
    fs.writeFileSync(path.join(FOLDER, "verify.go"), code.replace("package webhooks", "package main"));
    fs.writeFileSync(path.join(FOLDER, "main.go"), main);
    return run("go", ["run", "main.go", "verify.go"], { input: json(call) });
  },
  ruby: (code, call) =>
    run("ruby", ["-"], {
      input: `${code}\nrequire "json"\ncall = JSON.parse(<<'END')\n${json(call)}\nEND\nputs "valid" if verify(call["body"], call["headers"])`,
    }),
  php: (code, call) =>
    run("php", [], {
      input: `${code}\n$call = json_decode(<<<'END'\n${json(call)}\nEND, true);\nif (verify($call["body"], $call["headers"])) echo "valid";`,
    }),
  plain: (code, call) => {
    fs.writeFileSync(path.join(FOLDER, "body.json"), call.body);
    const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": given } = call.headers;
    const printed = run("bash", [], { input: code, env: { ...process.env, id, timestamp } });
    return given!.split(" ").includes(printed) ? "valid" : "";
  },
};

function run(command: string, args: string[], options: { input: string; env?: NodeJS.ProcessEnv }): string {
  const { stdout, stderr, status, error } = spawnSync(command, args, { cwd: FOLDER, encoding: "utf8", ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

const json = (value: unknown) => JSON.stringify(value);
const PROGRAMS = { node: "node", python: "python3", go: "go", ruby: "ruby", php: "php", plain: "openssl" };
const isInstalled = (program: string) => !spawnSync(program, ["version"], { stdio: "ignore" }).error;

describe.each(SNIPPET_LANGUAGES.filter((language) => isInstalled(PROGRAMS[language])))("the %s snippet", (language) => {
  const { code } = verificationSnippets("hmac", secret).find((snippet) => snippet.language === language)!;
  // The shell snippet computes the signature; how old a call may be is up to whoever compares.
  const calls = Object.entries(CALLS).filter(([name]) => language !== "plain" || !name.startsWith("older"));

  test.each(calls)("judges a call %s", { timeout: 60_000 }, (_name, { call, valid }) => {
    expect(RUNS[language](code, call)).toBe(valid ? "valid" : "");
  });
});

const key = newWebhookKey();
const otherKey = newWebhookKey();

function deliveredByKey(signers: string[], at = new Date()): Call {
  const id = "evt_01m4xk0000000000000000000";
  const timestamp = Math.floor(at.getTime() / 1_000);
  const secrets = signers.map((signer) => ({ key: signingKey(signer), expiresAt: null }));
  const signature = sign(id, timestamp, Buffer.from(body), secrets, at);
  return { body, headers: { "webhook-id": id, "webhook-timestamp": `${timestamp}`, "webhook-signature": signature } };
}

const KEY_CALLS = {
  genuine: { call: deliveredByKey([key]), valid: true },
  "signed by an old key and an old secret too": { call: deliveredByKey([oldSecret, otherKey, key]), valid: true },
  "signed by another key": { call: deliveredByKey([otherKey]), valid: false },
  "with a changed body": { call: { ...deliveredByKey([key]), body: `${body} ` }, valid: false },
  "older than five minutes": { call: deliveredByKey([key], FIVE_MINUTES_AGO), valid: false },
};

/** The shell verifies itself: it is handed one signature. */
function runPlainKey(code: string, call: Call): string {
  fs.writeFileSync(path.join(FOLDER, "body.json"), call.body);
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": given } = call.headers;
  const signature = given!.split(" ").at(-1)!.replace("v1a,", "");
  const env = { ...process.env, id, timestamp, signature };
  const { stdout } = spawnSync("bash", [], { cwd: FOLDER, encoding: "utf8", input: code, env });
  return stdout.includes("Signature Verified Successfully") ? "valid" : "";
}

const hasPython = !spawnSync("python3", ["-c", "import cryptography"]).status;
const keyLanguages = SNIPPET_LANGUAGES.filter(
  (language) => isInstalled(PROGRAMS[language]) && (language !== "python" || hasPython),
);

describe.each(keyLanguages)("the %s snippet for key pairs", (language) => {
  const { code } = verificationSnippets("ed25519", verificationSecret(key)).find((one) => one.language === language)!;
  const calls = Object.entries(KEY_CALLS).filter(([name]) => language !== "plain" || !name.startsWith("older"));

  test.each(calls)("judges a call %s", { timeout: 60_000 }, (_name, { call, valid }) => {
    const judge = language === "plain" ? runPlainKey : RUNS[language];
    expect(judge(code, call)).toBe(valid ? "valid" : "");
  });
});

test.each(["hmac", "ed25519"] as const)(
  "a snippet for %s holds the placeholder until a secret is given",
  (signature) => {
    const placeholder = placeholderOf(signature);
    for (const { code } of verificationSnippets(signature)) expect(code).toContain(placeholder);
    for (const { code } of verificationSnippets(signature, "given")) {
      expect(code).toContain("given");
      expect(code).not.toContain(placeholder);
    }
  },
);
