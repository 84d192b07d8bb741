import type { Scenario } from "./scenario.ts";
import { drain } from "./scenarios/drain.ts";
import { frozen } from "./scenarios/frozen.ts";
import { kills } from "./scenarios/kills.ts";
import { terminated } from "./scenarios/terminated.ts";

/** In the order of the table. */
export const SCENARIOS: Scenario[] = [kills, frozen, drain, terminated];
