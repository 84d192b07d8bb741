import { expect, type Locator, type Page } from "@playwright/test";

/** Presses of Tab after which a control counts as out of reach. */
const MOST_TABS = 160;

/** Waits until a page of the console hears its keys: scripts have come, and put a button where a plain search stood. */
export async function untilKeysAreHeard(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Go to, or paste an ID" })).toBeVisible();
}

/** Tab by Tab to a control, as somebody without a pointer gets there; each stop on the way must be seen. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
    await expectFocusSeen(page);
  }
  throw new Error(`${target} is not reached by ${MOST_TABS} presses of ${key}`);
}

/** To a control, and press it. */
export async function tabAndPress(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

/** WCAG 2.4.7 and 2.4.11: what has the focus is in sight, has a ring, and nothing that sticks lies over it. */
export async function expectFocusSeen(page: Page): Promise<void> {
  const problem = await page.evaluate(focusProblem);
  expect(problem, `${page.url()}: focus`).toBeNull();
}

function focusProblem(): string | null {
  const element = document.activeElement;
  // Past the last control the focus is the browser's own.
  if (!element || element === document.body) return null;
  const name = `${element.outerHTML.slice(0, 160)}`;
  const box = element.getBoundingClientRect();
  const points = [0.5, 0.1, 0.9].flatMap((x) =>
    [0.5, 0.2, 0.8].map((y) => [box.left + box.width * x, box.top + box.height * y]),
  );
  const isSeen = points.some(([x = 0, y = 0]) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || hit.contains(element) || hit.closest("label")?.contains(element));
  });
  if (!isSeen) return `hidden at ${Math.round(box.left)},${Math.round(box.top)}: ${name}`;
  const ringed = [element, element.parentElement].some((one) =>
    [undefined, "::after", "::before"].some((part) => {
      const style = one && getComputedStyle(one, part);
      return style && ((style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0) || false);
    }),
  );
  return ringed ? null : `without a ring: ${name}`;
}
