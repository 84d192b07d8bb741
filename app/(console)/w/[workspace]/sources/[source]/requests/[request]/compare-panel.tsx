import { compareRequests } from "@/components/requests/comparison";
import { RequestComparisonView } from "@/components/requests/comparison-view";
import { requestName } from "@/components/requests/inbox-row";
import { VERDICT_WORDS } from "@/components/requests/verdict";
import { HiddenParameters } from "@/components/search/hidden-parameters";
import { Button, LinkButton } from "@/components/ui/button";
import { shortId } from "@/components/ui/format";
import { calendarDay, clockTime } from "@/components/ui/format-time";
import { Select } from "@/components/ui/input";
import { readerZone } from "@/components/ui/time";
import { formatId } from "@/lib/ids.ts";
import { listRequests, type RequestRow } from "@/lib/reports/requests.ts";
import { findOpened, type Opened } from "./load";
import type { PaneChange, PartHeading } from "./reading";

/** So many requests of the source are offered to compare with. */
const MOST_OFFERED = 25;

type ComparePanelProps = {
  opened: Opened;
  slug: string;
  /** The other request's outside id; its own = one is to be chosen. */
  other: string;
  hrefOf: (change: PaneChange) => string;
  part: PartHeading;
};

/** Two requests of a source, what differs first. Each pair is an address. */
export async function ComparePanel({ opened, slug, other, hrefOf, part: Heading }: ComparePanelProps) {
  const { row, head, actor, outsideId } = opened;
  const { rows } = await listRequests(actor.workspace.id, { sourceId: head.id }, { limit: MOST_OFFERED });
  const offered = rows.filter(({ id }) => id !== row.id);
  const chosen = other === outsideId ? formatIdOf(bestOf(row, offered)) : other;
  const right = chosen ? await findOpened(slug, formatId("src", head.id), chosen) : null;
  return (
    <section aria-labelledby="comparison" className="grid gap-4 [&>*]:min-w-0">
      <div className="flex flex-wrap items-center gap-2">
        <Heading id="comparison" className="font-semibold text-base">
          Comparison
        </Heading>
        <LinkButton variant="quiet" size="sm" href={hrefOf({})} scroll={false} className="ml-auto">
          Close comparison
        </LinkButton>
      </div>
      {offered.length > 0 && <ChooseOther rows={offered} chosen={chosen} href={hrefOf({ compare: outsideId })} />}
      {right ? (
        <RequestComparisonView
          comparison={compareRequests(row, right.row)}
          left="This request"
          right={shortId(right.outsideId)}
        />
      ) : (
        <p className="text-fg-2 text-sm">
          {chosen ? "The other request is not on record." : "This source has no other request to compare with."}
        </p>
      )}
    </section>
  );
}

/** The last one of the same type that was accepted; else of the same type; else any. */
function bestOf({ type }: RequestRow, rows: RequestRow[]): RequestRow | undefined {
  const alike = rows.filter((row) => row.type === type);
  return alike.find(({ verdict }) => verdict === "accepted") ?? alike[0] ?? rows[0];
}

function formatIdOf(row: RequestRow | undefined): string | null {
  return row ? formatId("req", row.id) : null;
}

type ChooseProps = { rows: RequestRow[]; chosen: string | null; href: string };

async function ChooseOther({ rows, chosen, href }: ChooseProps) {
  const zone = await readerZone();
  const [action = "", query = ""] = href.split("?");
  const isOffered = rows.some(({ id }) => formatId("req", id) === chosen);
  return (
    <form action={action} className="flex flex-wrap items-center gap-2 text-sm" data-print="hide">
      <HiddenParameters query={query} except={["compare"]} />
      with
      <span className="w-80 max-w-full">
        <Select key={chosen} name="compare" aria-label="Compare with" defaultValue={chosen ?? ""}>
          {!isOffered && chosen && <option value={chosen}>{shortId(chosen)}</option>}
          {rows.map((row) => (
            <option key={row.id} value={formatId("req", row.id)}>
              {`${calendarDay(row.receivedAt, zone)} ${clockTime(row.receivedAt, zone)}, ${requestName(row)}, ${VERDICT_WORDS[row.verdict].toLowerCase()}`}
            </option>
          ))}
        </Select>
      </span>
      <Button type="submit">Compare</Button>
    </form>
  );
}
