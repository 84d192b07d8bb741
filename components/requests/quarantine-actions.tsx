import { AddSecret } from "@/components/sources/add-secret";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { formatCount, formatNumber } from "@/components/ui/format";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatId } from "@/lib/ids.ts";
import type { Diagnosis } from "@/lib/sources/diagnosis-words.ts";
import type { FormAction } from "@/lib/web/action.ts";
import type { ProviderFacts } from "../sources/source-values";
import { Unfolding } from "./unfolding";

export type QuarantineActions = {
  addSecret: FormAction;
  reverifySource: FormAction;
  reverifyRequest: FormAction;
  acceptAnyway: FormAction;
};

export type QuarantinePlace = {
  slug: string;
  /** Outside ids. */
  source: string;
  request: string;
  provider: ProviderFacts;
  secretCount: number;
  /** How many wait at the source. */
  waiting: { count: number; atLeast: boolean };
  may: { secrets: boolean; configure: boolean; retry: boolean };
  /** All of them are being verified again already. */
  isRunning: boolean;
};

type Props = { place: QuarantinePlace; diagnosis: Diagnosis; actions: QuarantineActions };

/** What can be done about a request in quarantine, the likeliest first. */
export function QuarantineButtons({ place, diagnosis: { remedy, next }, actions }: Props) {
  const { slug, source, request, provider, may } = place;
  const isProvenNow = remedy === "reverify";
  const other = next.find((piece) => typeof piece === "object" && "sourceId" in piece);
  return (
    <>
      {remedy === "add_secret" && may.secrets && provider.secret && (
        <Unfolding label={`Add secret & re-verify ${allWords(place)}…`} variant="primary">
          <AddSecret
            action={actions.addSecret}
            slug={slug}
            source={source}
            provider={provider}
            had={place.secretCount}
            deed={`Add & re-verify ${allWords(place)}`}
          />
        </Unfolding>
      )}
      {remedy === "edit_source" && may.configure && (
        <LinkButton variant="primary" size="sm" href={`/w/${slug}/sources/${source}/edit`}>
          Edit source
        </LinkButton>
      )}
      {remedy === "open_other" && other && typeof other === "object" && "sourceId" in other && (
        <LinkButton variant="primary" size="sm" href={`/w/${slug}/sources/${formatId("src", other.sourceId)}`}>
          Open {other.name}
        </LinkButton>
      )}
      {may.retry && isProvenNow && place.waiting.count > 1 && !place.isRunning && (
        <ActionForm action={actions.reverifySource} workspace={slug} feedback="toast">
          <input type="hidden" name="source" value={source} />
          <SubmitButton size="sm">Re-verify all {allWords(place)}</SubmitButton>
        </ActionForm>
      )}
      {may.retry && remedy !== "add_secret" && (
        <ActionForm action={actions.reverifyRequest} workspace={slug} feedback="toast">
          <input type="hidden" name="source" value={source} />
          <input type="hidden" name="request" value={request} />
          <SubmitButton size="sm" variant={isProvenNow && place.waiting.count === 1 ? "primary" : "secondary"}>
            Re-verify this one
          </SubmitButton>
        </ActionForm>
      )}
      {may.configure && !isProvenNow && <AcceptAnyway place={place} action={actions.acceptAnyway} />}
    </>
  );
}

function AcceptAnyway({ place: { slug, source, request }, action }: { place: QuarantinePlace; action: FormAction }) {
  return (
    <Unfolding label="Accept this one…">
      <p className="text-fg-2 text-sm">
        Nothing proves who sent it: its event goes to your endpoints all the same, and says that a person let it in. The
        audit log keeps your name.
      </p>
      <ActionForm action={action} workspace={slug}>
        <input type="hidden" name="source" value={source} />
        <input type="hidden" name="request" value={request} />
        <SubmitButton size="sm" variant="danger">
          Accept this request anyway
        </SubmitButton>
      </ActionForm>
    </Unfolding>
  );
}

function allWords({ waiting: { count, atLeast } }: QuarantinePlace): string {
  return `${formatNumber(count)}${atLeast ? "+" : ""}`;
}

type BarProps = Pick<QuarantinePlace, "slug" | "source" | "waiting" | "isRunning"> & {
  action: FormAction;
  mayRetry: boolean;
};

/** Over a list of what waits: all of it once more. */
export function ReverifyAll({ slug, source, waiting, isRunning, action, mayRetry }: BarProps) {
  if (!mayRetry || isRunning || waiting.count === 0) return null;
  return (
    <ActionForm action={action} workspace={slug} feedback="toast">
      <input type="hidden" name="source" value={source} />
      <SubmitButton size="sm" variant="secondary">
        Re-verify {waiting.atLeast && "more than "}
        {formatCount(waiting.count, "request")}
      </SubmitButton>
    </ActionForm>
  );
}
