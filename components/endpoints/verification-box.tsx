import { clsx } from "clsx";
import { CircleCheck, CircleX } from "lucide-react";
import { ICON_16 } from "@/components/ui/icon-size";
import type { VerificationView } from "./verification-view";

type Props = { view: VerificationView /** The form says another URL by now. */; outdated: boolean };

/** How an endpoint answered a ping: the verdict first, then the facts. */
export function VerificationBox({ view, outdated }: Props) {
  const Icon = view.good ? CircleCheck : CircleX;
  const facts = [
    ["Latency", view.latency],
    ["TLS", view.tls],
    ["Redirect", view.redirect],
    ["Address", view.address],
  ];
  return (
    <div
      data-verified={view.good}
      className={clsx("overflow-hidden rounded-card border", !view.good && "border-bad-line", outdated && "text-fg-2")}
    >
      <div className="border-b px-3 py-2">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="flex min-w-0 gap-2 font-medium">
            <Icon {...ICON_16} className={clsx("mt-0.5", view.good ? "text-fg-2" : "text-bad")} />
            <span className="min-w-0 [overflow-wrap:anywhere]">{view.title}</span>
          </span>
          <span className="mono ml-auto text-fg-3">{view.at}</span>
        </p>
        {view.detail && <p className="mt-1 text-fg-2 text-xs [overflow-wrap:anywhere]">{view.detail}</p>}
        {outdated && (
          <p className="mt-1 text-warn text-xs [overflow-wrap:anywhere]">
            The URL was changed since: this was {view.url}
          </p>
        )}
      </div>
      <dl className="flex flex-wrap justify-between gap-x-8 gap-y-2 px-3 py-2 text-sm max-sm:grid max-sm:grid-cols-2">
        {facts.map(([name, value]) => (
          <div key={name} className="min-w-16">
            <dt className="text-fg-3 text-xs">{name}</dt>
            <dd className="tabular-nums [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
