import Link from "next/link";
import { Time } from "@/components/ui/time";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import { FILTERED_OUT } from "@/lib/filters/filter.ts";
import { formatId } from "@/lib/ids.ts";
import type { DeliveryDetail } from "@/lib/reports/delivery.ts";
import type { Counted, Place } from "@/lib/reports/line.ts";
import { DROPPED } from "@/lib/transformations/words.ts";
import { NextInLine } from "./in-line";

type NextStepProps = {
  delivery: DeliveryDetail;
  slug: string;
  endpoint: EndpointDetail | null;
  /** Where it stands, while it waits in line. */
  place: Place | null;
  /** How many it holds up, where order is kept. */
  behind: Counted | null;
  /** What the last failure suggests. */
  advice: string;
};

/** What becomes of a delivery that has not arrived, and what a person can do. */
export function NextStep({ delivery, slug, endpoint, place, behind, advice }: NextStepProps) {
  switch (delivery.status) {
    case "queued":
    case "sending":
      return endpoint && place ? (
        <NextInLine slug={slug} endpoint={endpoint} place={place} />
      ) : (
        "A retry is on its way; its result will stand here."
      );
    case "held":
      return <Held slug={slug} delivery={delivery} endpoint={endpoint} />;
    case "discarded":
      return discardedAdvice(delivery.reason ?? "");
    case "retrying":
      return (
        <>
          {advice} <Coming at={delivery.nextAttemptAt} />
          {behind && behind.count > 0 && " Skip this one to let those behind it go on without it."}
        </>
      );
    default:
      return advice || "Retry it, or replay its event, when it is still wanted.";
  }
}

function discardedAdvice(reason: string): string {
  if (reason.startsWith(FILTERED_OUT)) {
    return "Nothing was sent. Change the endpoint's filter if it should have let this one through; a retry sends it all the same.";
  }
  if (reason === DROPPED)
    return "Nothing was sent. Change the transformation if it should have kept this one, then retry.";
  return "Nothing more is sent. Retry it, or replay its event, when it is still wanted.";
}

function Held({ delivery, slug, endpoint }: Pick<NextStepProps, "delivery" | "slug" | "endpoint">) {
  const link = (
    <Link className="link" href={`/w/${slug}/endpoints/${formatId("ep", delivery.endpointId)}`}>
      endpoint
    </Link>
  );
  if (endpoint?.status === "active" && endpoint.circuit !== "closed") {
    return (
      <>
        {endpoint.circuit === "open" && endpoint.probeAt && endpoint.probeAt > new Date() ? (
          <>
            Another delivery probes the {link} <Time at={endpoint.probeAt} mode="relative" />.
          </>
        ) : (
          <>The {link} is being probed.</>
        )}{" "}
        When that succeeds, what is held is sent; nothing is lost. Sent now, this one is tried at once.
      </>
    );
  }
  return <>It is sent as soon as its {link} is resumed; nothing is lost.</>;
}

function Coming({ at }: { at: Date | null }) {
  if (!at) return null;
  if (at <= new Date()) return "The next attempt is due.";
  return (
    <>
      The next attempt comes <Time at={at} mode="relative" />, at <Time at={at} />.
    </>
  );
}
