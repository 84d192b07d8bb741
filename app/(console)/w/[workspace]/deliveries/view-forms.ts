import { z } from "zod";
import { COLUMNS, type Column, type ColumnChange } from "@/components/deliveries/columns";
import { parseId } from "@/lib/ids.ts";

const MAX_COLUMNS_TEXT = 200;
const MAX_PATH = 4_000;
const MOST_PX = 10_000;

/** `endpoint:hidden` */
function readChange(text: string): ColumnChange | null {
  const [column, to] = text.split(":");
  const known = column !== undefined && Object.hasOwn(COLUMNS, column);
  if (!known || (to !== "shown" && to !== "hidden" && to !== "earlier" && to !== "later")) return null;
  return { column: column as Column, to };
}

/** Which columns are shown, and what one button of the menu does to them. */
export const columnsForm = z.object({
  shown: z.string().max(MAX_COLUMNS_TEXT),
  change: z
    .string()
    .refine((text) => text === "reset" || readChange(text) !== null, "There is no such column")
    .transform((text) => (text === "reset" ? null : readChange(text))),
  /** Where to go when the address itself names columns, which would win. */
  back: z.string().max(MAX_PATH).optional(),
});

export const widthForm = z.object({ width: z.coerce.number().int().min(1).max(MOST_PX) });

/** The view a person's list starts with; empty = none. */
export const defaultViewForm = z.object({
  view: z
    .string()
    .refine((text) => text === "" || parseId("vw", text) !== null, "This view does not exist")
    .transform((text) => parseId("vw", text)),
});
