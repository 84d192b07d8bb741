import type { PreviewType } from "@/components/endpoints/delivery-preview";
import type { EndpointValues } from "@/components/endpoints/endpoint-form";
import { readerZone } from "@/components/ui/time";
import { DEFAULT_SCHEDULE } from "@/lib/delivery/retry-policy.ts";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import { MASK } from "@/lib/endpoints/reserved-headers.ts";
import { formatSchedule, scheduleText } from "@/lib/endpoints/schedule-text.ts";
import { publicUrl } from "@/lib/env.ts";
import { findEventTypes, listEventTypes } from "@/lib/event-types/queries.ts";
import { eventTypeVolumes } from "@/lib/reports/event-type-volumes.ts";
import { USER_AGENT } from "@/lib/version.ts";
import { backTestAction } from "./back-test-action";
import { verifyAction } from "./verify-action";

/** Examples that go to the browser for the preview: of this many types, up to this size each. */
const PREVIEW_EXAMPLES = 40;
const PREVIEW_EXAMPLE_LENGTH = 2_000;

/** What the form of an endpoint shows beside the endpoint's own values. */
export async function endpointFormData(workspaceId: string) {
  const [types, zone] = await Promise.all([previewTypes(workspaceId), readerZone()]);
  return {
    types,
    zone,
    usualSchedule: [...DEFAULT_SCHEDULE],
    userAgent: USER_AGENT,
    publicUrl: publicUrl(),
    now: new Date().toISOString(),
    tryOut: backTestAction,
    verify: verifyAction,
  };
}

async function previewTypes(workspaceId: string): Promise<PreviewType[]> {
  const [types, volumes] = await Promise.all([listEventTypes(workspaceId), eventTypeVolumes(workspaceId)]);
  const withExample = types.filter(({ hasExample }) => hasExample).slice(0, PREVIEW_EXAMPLES);
  const details = withExample.length
    ? await findEventTypes(
        workspaceId,
        withExample.map(({ name }) => name),
      )
    : [];
  const examples = new Map(details.map(({ name, example }) => [name, example]));
  return types.map(({ name }) => {
    const example = examples.get(name) ?? null;
    return {
      name,
      perDay: volumes.byType.get(name)?.perDay ?? 0,
      example: example && example.length <= PREVIEW_EXAMPLE_LENGTH ? example : null,
    };
  });
}

export const NEW_ENDPOINT: EndpointValues = {
  url: "",
  subscriptions: [],
  description: "",
  customer: "",
  method: "POST",
  format: "envelope",
  timeoutSeconds: 15,
  retrySchedule: "",
  maxAge: "",
  rateLimit: "",
  rateBurst: "",
  maxInFlight: "",
  ordering: "best_effort",
  batchSize: "",
  batchSeconds: "",
  filter: "",
  transformation: "",
  expectedStatuses: "",
  headerNames: [],
  signature: "hmac",
  authentication: null,
  certificate: "",
  secretMask: MASK,
  headerMask: MASK,
};

export function endpointValues(endpoint: EndpointDetail): EndpointValues {
  const { retrySchedule, expectedStatuses, headers, customer, maxAgeSeconds, ...same } = endpoint;
  return {
    ...same,
    customer: customer ?? "",
    rateLimit: textOf(same.rateLimit),
    rateBurst: textOf(same.rateBurst),
    maxInFlight: textOf(same.maxInFlight),
    batchSize: textOf(same.batchSize),
    batchSeconds: textOf(same.batchSeconds),
    filter: same.filter ?? "",
    transformation: same.transformation ?? "",
    maxAge: maxAgeSeconds === null ? "" : formatSchedule([maxAgeSeconds]),
    retrySchedule: scheduleText(retrySchedule),
    expectedStatuses: expectedStatuses.join(", "),
    certificate: same.clientCertificate?.certificate ?? "",
    secretMask: MASK,
    headerNames: headers.map(({ name }) => name),
    headerMask: MASK,
  };
}

function textOf(value: number | null): string {
  return value === null ? "" : String(value);
}
