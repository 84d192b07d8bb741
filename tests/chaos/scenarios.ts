import type { Scenario } from "./scenario.ts";
import { deadlock } from "./scenarios/deadlock.ts";
import { diskFull } from "./scenarios/disk-full.ts";
import { drain } from "./scenarios/drain.ts";
import { failover } from "./scenarios/failover.ts";
import { frozen } from "./scenarios/frozen.ts";
import { inbound } from "./scenarios/inbound.ts";
import { kills } from "./scenarios/kills.ts";
import { machines } from "./scenarios/machines.ts";
import { migration } from "./scenarios/migration.ts";
import { pgbouncer } from "./scenarios/pgbouncer.ts";
import { pool } from "./scenarios/pool.ts";
import { road } from "./scenarios/road.ts";
import { skew } from "./scenarios/skew.ts";
import { terminated } from "./scenarios/terminated.ts";

/** In the order of the table. */
export const SCENARIOS: Scenario[] = [
  kills,
  inbound,
  frozen,
  drain,
  terminated,
  road,
  pool,
  skew,
  diskFull,
  migration,
  deadlock,
  machines,
  pgbouncer,
  failover,
];
