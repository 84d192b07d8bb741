"use client";

import { FieldPair, Fold } from "@/components/endpoints/fold";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { useLiveValue } from "@/components/ui/live-form";
import type { SourceValues } from "./source-values";

const NAMES = ["allowCidrs", "rateLimit", "forwardHeaders"];

/** Who may call, how often, and what of a call travels on. */
export function AccessFold({ values }: { values: SourceValues }) {
  return (
    <Fold title="Access and headers" summary={<Summary values={values} />} names={NAMES}>
      <FieldPair>
        <Field
          name="allowCidrs"
          label="Allowed addresses"
          optional
          hint="Addresses or ranges, one a line. Calls from elsewhere are refused with 403 and kept. Empty: anywhere."
        >
          <Textarea mono rows={3} defaultValue={values.allowCidrs} placeholder="203.0.113.0/24" />
        </Field>
        <Field
          name="rateLimit"
          label="Requests per second"
          optional
          hint="Beyond it callers get 429, which tells them to send again later."
        >
          <Input mono inputMode="decimal" defaultValue={values.rateLimit} placeholder="no limit" />
        </Field>
      </FieldPair>
      <Field
        name="forwardHeaders"
        label="Headers that travel on"
        optional
        hint="Received headers that endpoints get as well, such as x-github-event. Signatures and credentials never do; the content type always does."
      >
        <Textarea mono rows={2} defaultValue={values.forwardHeaders} placeholder="x-shopify-shop-domain" />
      </Field>
    </Fold>
  );
}

const listed = (text: string) => text.split(/[\s,]+/).filter(Boolean).length;

function Summary({ values }: { values: SourceValues }) {
  const ranges = listed(useLiveValue("allowCidrs", values.allowCidrs));
  const rate = useLiveValue("rateLimit", values.rateLimit).trim();
  const headers = listed(useLiveValue("forwardHeaders", values.forwardHeaders));
  const parts = [
    ranges > 0 ? `from ${ranges} ${ranges === 1 ? "range" : "ranges"}` : "from anywhere",
    rate ? `at most ${rate} a second` : "no rate limit",
    headers > 0 ? `${headers} ${headers === 1 ? "header travels" : "headers travel"} on` : "no headers travel on",
  ];
  return parts.join(" · ");
}
