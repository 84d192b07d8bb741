import { type Author, recordAudit } from "../audit/record.ts";
import { db } from "../db.ts";
import { publicUrl } from "../env.ts";
import { formatId, newId } from "../ids.ts";
import { providerOf } from "../providers/registry.ts";
import { type SampleCall, sampleCall } from "../providers/sample.ts";
import { VERSION } from "../version.ts";
import { type OpenSource, openSource, sourceUrl } from "./open-source.ts";
import { findSource } from "./queries.ts";
import { receive } from "./receive.ts";
import { callOf, type Head } from "./sealed.ts";

/** Why a source gets no test request. */
export type NoTest =
  /** There is no secret to sign with, or only such as verify. */
  | { result: "no_secret" | "verify_only" }
  /** It takes nothing now. */
  | { result: "closed" }
  | { result: "not_found" };

type Made = { result: "made"; source: OpenSource; id: string; head: Head; sample: SampleCall };

export type TestRequest = { result: "sent"; requestId: string } | { result: "failed"; why: string } | NoTest;

/**
 * Makes a realistic call of the source's provider, signs it with the source's own secret, and receives it as the door
 * does: verified, kept, and sent along the same road. Its events are tests, which statistics leave out.
 */
export async function sendTestRequest(workspaceId: string, sourceId: string, author: Author): Promise<TestRequest> {
  const made = await makeTest(workspaceId, sourceId);
  if (made.result !== "made") return made;
  const { source, id, head, sample } = made;
  const incoming = { id, method: sample.method, head, body: sample.body, address: null, test: true } as const;
  const reception = await receive(source, incoming);
  if (reception.result === "closed") return { result: "closed" };
  if (reception.result === "failed") return { result: "failed", why: reception.why.detail };
  await recordAudit(db(), workspaceId, author, {
    action: "source.tested",
    target: formatId("src", sourceId),
    targetName: source.name,
    detail: { request: formatId("req", id) },
  });
  return { result: "sent", requestId: id };
}

/** What such a request says, without what proves it. */
export type TestPreview = { result: "made"; type: string | null; contentType: string; body: string } | NoTest;

export async function previewTestRequest(workspaceId: string, sourceId: string): Promise<TestPreview> {
  const made = await makeTest(workspaceId, sourceId);
  if (made.result !== "made") return made;
  const { source, id, head, sample } = made;
  const { type } = providerOf(source.provider).read(callOf(id, sample.method, head, sample.body), source.settings);
  const contentType = sample.headers["content-type"] ?? "";
  return { result: "made", type, contentType, body: sample.body.toString() };
}

async function makeTest(workspaceId: string, sourceId: string): Promise<Made | NoTest> {
  const known = await findSource(workspaceId, sourceId);
  const source = known && (await openSource(sourceId));
  if (!source) return { result: "not_found" };
  if (source.status !== "active") return { result: "closed" };
  const id = newId();
  const asked = { url: sourceUrl(source.token), settings: source.settings, id: id.replaceAll("-", ""), at: new Date() };
  const sampled = await sampleCall(source.provider, source.secrets, asked);
  if (!sampled.made) return { result: sampled.why };
  return { result: "made", source, id, head: headOf(sampled.call), sample: sampled.call };
}

function headOf({ url, headers, body }: SampleCall): Head {
  const base = publicUrl();
  const pairs = Object.entries({
    host: new URL(base).host,
    "user-agent": `Posthorn/${VERSION} (test request)`,
    ...headers,
    "content-length": String(body.length),
  });
  return { target: url.slice(base.length), headers: pairs };
}
