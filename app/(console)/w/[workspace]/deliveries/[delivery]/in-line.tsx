import Link from "next/link";
import { ShortId } from "@/components/ui/chips";
import { formatCount } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import { formatId } from "@/lib/ids.ts";
import type { Counted, Place } from "@/lib/reports/line.ts";
import { type WaitingFor, waitingFor } from "@/lib/reports/waiting.ts";

type InLineProps = { endpoint: EndpointDetail; place: Place };

/** Why a delivery that is due does not go out yet. */
export function WhyInLine({ endpoint, place }: InLineProps) {
  return <>{WHY[reasonOf({ endpoint, place })](endpoint)}</>;
}

/** What becomes of it, and what a person can do. */
export function NextInLine({ slug, endpoint, place }: InLineProps & { slug: string }) {
  const href = `/w/${slug}/endpoints/${formatId("ep", endpoint.id)}`;
  if (reasonOf({ endpoint, place }) === "order") {
    return (
      <>
        It goes out by itself when those before it have arrived.{" "}
        {place.head?.status === "retrying" && "To move on without the failing one, open it and skip it."}
      </>
    );
  }
  return (
    <>
      It goes out by itself when its turn comes, or at once when you send it now. The limits are set at the{" "}
      <Link className="link" href={href}>
        endpoint
      </Link>
      .
    </>
  );
}

/** Who is before it. */
export function placeLines(slug: string, { before, head }: Place) {
  const lines = [];
  if (head) {
    const id = formatId("dlv", head.id);
    const line = (
      <>
        <Link href={`/w/${slug}/deliveries/${id}`} className="link">
          {head.eventType} <ShortId id={id} />
        </Link>{" "}
        of the same line {head.status === "retrying" ? "failed and waits for its next attempt" : "is on its way"}
        {head.nextAttemptAt && head.status === "retrying" && (
          <>
            , <Time at={head.nextAttemptAt} mode="relative" />
          </>
        )}
        .
      </>
    );
    lines.push({ key: "head", line });
  }
  if (before.count > 0) lines.push({ key: "before", line: `${waiting(before)} before it.` });
  return lines;
}

/** Whom it holds up. */
export function behindLine(behind: Counted) {
  return { key: "behind", line: `Its endpoint keeps the order: ${lowerFirst(waiting(behind))} behind it.` };
}

function waiting({ count, atLeast }: Counted): string {
  return `${atLeast ? "At least " : ""}${formatCount(count, "delivery waits", "deliveries wait")}`;
}

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

function reasonOf({ endpoint, place }: InLineProps): WaitingFor {
  return waitingFor(endpoint, place.head !== null || place.before.count > 0, new Date());
}

const WHY = {
  slowed: ({ slowedUntil }) => (
    <>
      The receiver asked for fewer calls: nothing goes to it before{" "}
      {slowedUntil && <Time at={slowedUntil} mode="time" />}.
    </>
  ),
  order: () => "Its endpoint keeps the order: it waits until the deliveries before it are over.",
  batch: ({ batchSize }) => `It is gathered into one request with up to ${(batchSize ?? 1) - 1} others.`,
  rate: ({ rateLimit }) =>
    `Its endpoint takes ${rateLimit === 1 ? "1 delivery" : `${rateLimit} deliveries`} a second, and its turn has not come.`,
  in_flight: ({ maxInFlight }) =>
    `Its endpoint takes ${maxInFlight === 1 ? "1 call" : `${maxInFlight} calls`} at once.`,
  crowded: () => "The calls to its endpoint take longer than events come: it waits for a free place.",
  turn: () => "It waits for its turn at the endpoint.",
} satisfies Record<WaitingFor, (endpoint: EndpointDetail) => React.ReactNode>;
