import { measured, type Row } from "../bench/report.ts";
import { FONT_BUDGET, HTML_BUDGET, type Kind, MEASURED, SCRIPT_BUDGETS } from "../support/budgets.ts";
import { weigh } from "../support/page-weight.ts";
import type { Opened } from "./measures.ts";
import type { Scene } from "./scene.ts";

/** Kilobytes of every page on a first visit, the heaviest of each kind named. */
export async function measureWeights(open: Opened, { person, healthy, delivered }: Scene): Promise<Row[]> {
  const places: Record<string, Kind> = {
    ...MEASURED,
    [`/deliveries/${delivered.delivery}`]: "list",
    [`/events/${delivered.event}`]: "list",
    [`/endpoints/${healthy.id}`]: "list",
    [`/endpoints/${healthy.id}/edit`]: "form",
    "/event-types/order.created": "list",
  };
  const scripts: Record<Kind, number[]> = { door: [], form: [], list: [], editor: [] };
  const html: number[] = [];
  const fonts: number[] = [];
  let foreign = 0;
  const visit = async (kind: Kind, path: string, userId?: string) => {
    const context = await open(userId);
    const weight = await weigh(await context.newPage(), path);
    await context.close();
    scripts[kind].push(weight.script);
    html.push(weight.html);
    fonts.push(weight.font);
    foreign += weight.foreign.length;
  };
  await visit("door", "/sign-in");
  for (const [place, kind] of Object.entries(places)) await visit(kind, `/w/${person.slug}${place}`, person.userId);
  const kinds = Object.keys(scripts) as Kind[];
  return [
    ...kinds.map((kind) => worst(`javascript_of_a_${kind}`, "kB", scripts[kind], SCRIPT_BUDGETS[kind])),
    worst("html_of_a_page", "kB", html, HTML_BUDGET),
    worst("fonts", "kB", fonts, FONT_BUDGET),
    worst("requests_to_third_parties", "", [foreign], 0),
  ];
}

/** The largest counts. */
export function worst(figure: string, unit: string, values: number[], most: number): Row {
  return { ...measured(figure, unit, values, { most }), value: Math.max(...values) };
}
