import { expect, type Page, type Response } from "@playwright/test";

/** So that a page with many links of a kind does not make the walk endless. */
const MOST_PAGES = 70;

/** Follows every link below a path, each kind of page once or a few times, and looks at where it comes to. */
export async function crawl(page: Page, root: string, look: (path: string) => Promise<void>): Promise<string[]> {
  const waiting = [root];
  const shapes = new Set<string>();
  const visited: string[] = [];
  while (waiting.length > 0 && visited.length < MOST_PAGES) {
    const path = waiting.shift() ?? root;
    const answer = await open(page, path);
    if (!answer?.headers()["content-type"]?.startsWith("text/html")) continue;
    expect(answer.status(), path).toBeLessThan(400);
    visited.push(path);
    await look(path);
    for (const link of await linksBelow(page, root)) {
      const shape = shapeOf(link);
      if (shapes.has(shape)) continue;
      shapes.add(shape);
      waiting.push(link);
    }
  }
  return visited;
}

/** Null for what is saved instead of shown. */
async function open(page: Page, path: string): Promise<Response | null> {
  try {
    return await page.goto(path, { waitUntil: "load" });
  } catch (error) {
    if (String(error).includes("Download is starting")) return null;
    throw error;
  }
}

function linksBelow(page: Page, root: string): Promise<string[]> {
  return page.evaluate(
    (start) =>
      [...document.querySelectorAll<HTMLAnchorElement>("a[href]:not([download])")]
        .filter(({ href, origin, pathname }) => origin === location.origin && pathname.startsWith(start) && href !== "")
        .map(({ pathname, search }) => pathname + search),
    root,
  );
}

/** Links that differ only in which object they name, or in a filter's value, lead to the same kind of page. */
function shapeOf(link: string): string {
  const url = new URL(link, "http://here");
  const names = [...url.searchParams]
    .map(([name, value]) => (name === "dialog" || name === "tab" || name === "kind" ? `${name}=${value}` : name))
    .sort();
  return `${url.pathname.replaceAll(/[a-z]{2,3}_[0-9a-z]{26}/g, "ID").replace(/\/event-types\/(?!new)[^/]+/, "/event-types/NAME")}?${names}`;
}
