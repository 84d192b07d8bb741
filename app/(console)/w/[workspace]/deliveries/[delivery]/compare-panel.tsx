import Link from "next/link";
import { compareAttempts, type Side } from "@/components/deliveries/comparison";
import { ComparisonView } from "@/components/deliveries/comparison-view";
import { Button, LinkButton } from "@/components/ui/button";
import { ShortId } from "@/components/ui/chips";
import { Select } from "@/components/ui/input";
import { answerWord } from "@/lib/delivery/outcome-words.ts";
import { formatId } from "@/lib/ids.ts";
import type { AttemptRow } from "@/lib/reports/delivery.ts";
import { findLastSuccess } from "@/lib/reports/evidence.ts";
import { type LoadedDelivery, loadAttempt, loadRequest, loadSending } from "./load";

type ComparePanelProps = {
  loaded: LoadedDelivery;
  slug: string;
  here: string;
  /** What the rest of the address keeps while another pair is chosen. */
  kept: Record<string, string>;
  workspaceId: string;
  attempt: AttemptRow;
  /** The other attempt's number, or the last success at this endpoint. */
  other: number | "success";
  closeHref: string;
};

/** Two attempts side by side, or one beside the last success at the same endpoint. Each pair is an address. */
export async function ComparePanel(props: ComparePanelProps) {
  const { loaded, slug, attempt, other, closeHref } = props;
  const [left, right] = await Promise.all([ownSide(loaded, attempt.number), otherSide(props)]);
  return (
    <section aria-labelledby="comparison" className="min-w-0">
      <div className="flex min-h-10 items-center gap-2 border-b py-1 pr-2 pl-4">
        <h2 id="comparison" className="text-base">
          Comparison
        </h2>
        <LinkButton variant="quiet" size="sm" href={closeHref} scroll={false} className="ml-auto">
          Close comparison
        </LinkButton>
      </div>
      <div className="grid gap-4 p-4 max-md:p-3 [&>*]:min-w-0">
        <ChoosePair {...props} />
        {right?.delivery && (
          <p className="text-fg-2 text-sm">
            The last success at this endpoint is{" "}
            <Link href={`/w/${slug}/deliveries/${right.delivery.id}`} className="link">
              {right.delivery.eventType}, <ShortId id={right.delivery.id} />
            </Link>
            .
          </p>
        )}
        {left && right ? (
          <ComparisonView
            comparison={compareAttempts(left, right.side)}
            left={`Attempt ${attempt.number}`}
            right={other === "success" ? "Last success" : `Attempt ${other}`}
          />
        ) : (
          <p className="text-fg-2 text-sm">
            {other === "success"
              ? "This endpoint has no success on record to compare with."
              : "This attempt is not on record."}
          </p>
        )}
      </div>
    </section>
  );
}

function ChoosePair({ loaded: { row }, here, kept, attempt, other }: ComparePanelProps) {
  const name = ({ number, outcome, statusCode }: AttemptRow) => `${number}: ${answerWord(outcome, statusCode)}`;
  const options = row.attemptList.toReversed().map((one) => (
    <option key={one.number} value={one.number}>
      Attempt {name(one)}
    </option>
  ));
  return (
    <form action={here} className="flex flex-wrap items-center gap-2 text-sm" data-print="hide">
      {Object.entries(kept).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <span className="w-40">
        <Select key={attempt.number} name="attempt" aria-label="Compare" defaultValue={String(attempt.number)}>
          {options}
        </Select>
      </span>
      with
      <span className="w-52">
        <Select key={other} name="compare" aria-label="With" defaultValue={String(other)}>
          {options}
          <option value="success">Last success here</option>
        </Select>
      </span>
      <Button type="submit">Compare</Button>
    </form>
  );
}

async function ownSide({ row, settings }: LoadedDelivery, number: number): Promise<Side | null> {
  const [attempt, request] = await Promise.all([loadAttempt(row, number), loadRequest(row, settings)]);
  return attempt && { attempt, requestBody: request.body };
}

type OtherSide = { side: Side; delivery: { id: string; eventType: string } | null };

async function otherSide({ loaded, other, workspaceId }: ComparePanelProps): Promise<OtherSide | null> {
  if (other !== "success") {
    const side = await ownSide(loaded, other);
    return side && { side, delivery: null };
  }
  const { row, endpoint } = loaded;
  const found = await findLastSuccess(workspaceId, {
    endpointId: row.endpointId,
    lastSuccessAt: endpoint?.lastSuccessAt ?? null,
    not: row.id,
  });
  const sending = found === null ? null : await loadSending(workspaceId, found);
  const accepted = sending?.row.attemptList.findLast(({ outcome }) => outcome === "success");
  if (!sending || !accepted) return null;
  const [attempt, request] = await Promise.all([
    loadAttempt(sending.row, accepted.number),
    loadRequest(sending.row, sending.settings),
  ]);
  const delivery = { id: formatId("dlv", sending.row.id), eventType: sending.row.eventType };
  return attempt && { side: { attempt, requestBody: request.body }, delivery };
}
