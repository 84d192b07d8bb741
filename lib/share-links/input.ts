import { z } from "zod";
import { retryInput } from "../replay/input.ts";

/** How long a link can live, in hours. */
export const SHARE_HOURS = { "1h": 1, "1d": 24, "7d": 168, "30d": 720 } as const;
export const SHARE_EXPIRIES = Object.keys(SHARE_HOURS) as (keyof typeof SHARE_HOURS)[];

/** Which delivery is shared, for how long, and whether with its bodies. */
export const shareInput = retryInput.extend({
  expires: z.enum(SHARE_EXPIRIES, { error: "Choose how long the link lives" }),
  bodies: z.boolean().default(false),
});

/** Which link ends now. */
export const revokeInput = z.object({ link: z.uuid("This is not the id of a link") });
