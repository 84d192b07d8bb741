import { Fragment } from "react";
import { formatCount } from "@/components/ui/format";
import type { Health } from "@/lib/reports/health.ts";
import type { TypeSentence } from "@/lib/reports/type-trouble.ts";

/** After an endpoint's name: `answers 500 on every invoice.failed`. */
export function TypeWords({ types: { cause, types } }: { types: TypeSentence }) {
  return (
    <>
      {cause} on every{" "}
      {types.map((type, index) => (
        <Fragment key={type}>
          {index > 0 && " and every "}
          <b className="font-semibold">{type}</b>
        </Fragment>
      ))}
    </>
  );
}

export function othersWords({ fine }: TypeSentence): string {
  return `${formatCount(fine, "other event type is", "other event types are")} delivered.`;
}

/** Why an endpoint is not well, in one line of text. */
export function whyOf({ reason, types }: Pick<Health, "reason" | "types">): string | null {
  return types ? `${types.cause} on every ${types.types.join(" and every ")}` : reason;
}
