import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";

/** What a first visit of a page loads, in kB (1,000 bytes) as gzip packs them. */
export type PageWeight = {
  html: number;
  script: number;
  style: number;
  font: number /** Addresses elsewhere. */;
  foreign: string[];
};

/** Loads a page in a browser that has seen nothing of the product yet, and lets it come to rest. */
export async function weigh(page: Page, path: string): Promise<PageWeight> {
  const weight: PageWeight = { html: 0, script: 0, style: 0, font: 0, foreign: [] };
  const pending: Promise<void>[] = [];
  const take = (response: Response) => void pending.push(add(weight, response));
  const origin = new URL(process.env.POSTHORN_URL ?? "").origin;
  const ask = (request: { url: () => string }) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) weight.foreign.push(request.url());
  };
  page.on("response", take);
  page.on("request", ask);
  await page.goto(path, { waitUntil: "load" });
  await atRest(page);
  page.off("response", take);
  page.off("request", ask);
  await Promise.all(pending);
  return weight;
}

/** Until the page has hydrated and asks for nothing more of its own accord. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 2_000 })));
}

const KINDS: Partial<Record<string, "html" | "script" | "style" | "font">> = {
  document: "html",
  script: "script",
  stylesheet: "style",
  font: "font",
};

async function add(weight: PageWeight, response: Response): Promise<void> {
  const kind = KINDS[response.request().resourceType()];
  if (!kind || response.status() !== 200) return;
  const body = await response.body();
  // A font is packed already.
  weight[kind] += (kind === "font" ? body.length : gzipSync(body).length) / 1_000;
}
