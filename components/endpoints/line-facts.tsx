import Link from "next/link";
import { FactStrip } from "@/components/deliveries/fact-strip";
import { deliveriesPath } from "@/components/shell/paths";
import { formatNumber } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { EndpointDetail } from "@/lib/endpoints/queries.ts";
import type { Counted, Line } from "@/lib/reports/line.ts";
import { limitWords, upperFirst } from "./limit-words";

type LineFactsProps = { slug: string; endpoint: EndpointDetail; line: Line };

/** Whether there is anything to tell: most endpoints take what comes, and nothing of theirs waits. */
export function hasLine(endpoint: EndpointDetail, { inLine, held }: Line): boolean {
  return limitWords(endpoint).length > 0 || inLine.count + held.count > 0;
}

/** What is on its way, what waits for its turn, and which limits make it wait. */
export function LineFacts({ slug, endpoint, line }: LineFactsProps) {
  const list = (status: "queued" | "held") =>
    deliveriesPath(slug, { endpoint: endpoint.id, status: [status], range: "30d" });
  const limits = limitWords(endpoint);
  const waits = line.inLine.count + line.held.count > 0;
  const facts = [
    { name: "On their way", value: counted(line.onTheWay) },
    { name: "Waiting in line", value: <Linked counted={line.inLine} href={list("queued")} /> },
    line.held.count > 0 && { name: "Held", value: <Linked counted={line.held} href={list("held")} /> },
    waits && line.oldest && { name: "Oldest of them", value: <Time at={line.oldest} mode="relative" /> },
    { name: "Limits in force", value: limits.length > 0 ? upperFirst(limits.join(" · ")) : "The usual ones" },
  ];
  return <FactStrip facts={facts.filter((fact) => typeof fact === "object" && fact !== null)} />;
}

function Linked({ counted: found, href }: { counted: Counted; href: string }) {
  if (found.count === 0) return "0";
  return (
    <Link href={href} className="link">
      {counted(found)}
    </Link>
  );
}

function counted({ count, atLeast }: Counted): string {
  return `${formatNumber(count)}${atLeast ? "+" : ""}`;
}
