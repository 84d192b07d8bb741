import { BadgeCheck, CircleX } from "lucide-react";
import { DeliveryRows } from "@/components/deliveries/delivery-rows";
import { DeliveryTable } from "@/components/deliveries/delivery-table";
import { LiveRows } from "@/components/deliveries/live-rows";
import { deliveryRowView } from "@/components/deliveries/row-view";
import { formatDuration } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { Time } from "@/components/ui/time";
import type { DemoDelivery, Verification } from "@/lib/get-started/demo-delivery.ts";
import { demoLog, type LogLine } from "./demo-log";

type Props = { slug: string; zone: string; demo: DemoDelivery };

/** The demo as a delivery like any other, with its log under it. */
export function DemoDeliveryBox({ slug, zone, demo }: Props) {
  // Where the receiver really is says nothing to anybody.
  const endpoint = demo.endpoint && { ...demo.endpoint, url: "built-in receiver" };
  const row = deliveryRowView({ ...demo, endpoint }, zone, new Date());
  return (
    <section aria-label="Demo delivery" className="mt-4" data-demo={row.status}>
      <div className="@container/list overflow-hidden rounded-card border [&_tbody_td]:border-b-0">
        <LiveRows rows={[row]} slug={slug} newerThan={null}>
          <DeliveryTable framed="inside" zone={zone} day={row.created.day}>
            <DeliveryRows slug={slug} retry={null} />
          </DeliveryTable>
        </LiveRows>
        <ol aria-live="polite" className="mono grid gap-0.5 bg-surface py-2">
          {demoLog(demo).map((line) => (
            <Line key={`${line.at.getTime()} ${line.text}`} line={line} />
          ))}
          {demo.verification && <SignatureLine verification={demo.verification} />}
        </ol>
      </div>
    </section>
  );
}

function Line({ line }: { line: LogLine }) {
  return (
    <li className="flex gap-4 px-3">
      <Time at={line.at} mode="ms" className="w-26 shrink-0 text-fg-3 max-sm:hidden" />
      <span>
        {line.text}
        {line.answer && <span className={line.answer.bad ? "text-bad" : undefined}> {line.answer.word}</span>}
        {line.rest}
      </span>
      <span className="ml-auto text-fg-3">
        {line.sinceMs > 0 && "+"}
        {formatDuration(line.sinceMs)}
      </span>
    </li>
  );
}

/** Standard Webhooks: the sender's signature, checked where it was made and where it arrived. */
function SignatureLine({ verification: { here, byReceiver } }: { verification: Verification }) {
  const good = here && byReceiver === true;
  const Icon = good ? BadgeCheck : CircleX;
  const said =
    byReceiver === null
      ? "the receiver has not answered"
      : byReceiver
        ? "verified by the receiver"
        : "refused by the receiver";
  return (
    <li className="flex gap-4 px-3" data-verified={good}>
      <span className="flex w-26 shrink-0 items-center max-sm:w-auto">
        <Icon {...ICON_14} className={good ? "text-ok" : "text-bad"} />
      </span>
      <span>
        signature {here ? "checked here" : "does not match here"}, {said}
      </span>
    </li>
  );
}
