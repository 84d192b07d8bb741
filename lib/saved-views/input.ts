import { z } from "zod";
import { parseId } from "../ids.ts";
import { isStorable } from "../storable-text.ts";

/** The lists that have views. */
export const VIEW_LISTS = ["deliveries"] as const;
export type ViewList = (typeof VIEW_LISTS)[number];

const MAX_NAME = 60;
/** As long as an address may well be. */
const MAX_QUERY = 2_000;

const query = z.string().max(MAX_QUERY, "These filters are too long to be kept").refine(isStorable);

export const viewInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give the view a name")
    .max(MAX_NAME, `A name has at most ${MAX_NAME} characters`)
    .refine(isStorable, "This name has characters that no text can hold"),
  query,
});
export type ViewInput = z.infer<typeof viewInput>;

const viewId = z
  .string()
  .refine((text) => parseId("vw", text) !== null, "This view does not exist")
  .transform((text) => parseId("vw", text) ?? "");

export const viewTarget = z.object({ view: viewId });
export const viewChange = z.object({ view: viewId, query });
