import { deliveryRoutes } from "./resources/deliveries.ts";
import { endpointRoutes } from "./resources/endpoints.ts";
import { eventTypeRoutes } from "./resources/event-types.ts";
import { eventRoutes } from "./resources/events.ts";
import { jobRoutes } from "./resources/jobs.ts";
import { requestRoutes } from "./resources/requests.ts";
import { sourceRoutes } from "./resources/sources.ts";
import type { Route } from "./route.ts";

/** The REST API. Posting events is not here: the door in front of Next answers that. */
export const ROUTES: readonly Route[] = [
  ...eventTypeRoutes,
  ...endpointRoutes,
  ...eventRoutes,
  ...deliveryRoutes,
  ...jobRoutes,
  ...sourceRoutes,
  ...requestRoutes,
];
