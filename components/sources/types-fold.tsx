"use client";

import { FieldPair, Fold } from "@/components/endpoints/fold";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useLiveValue } from "@/components/ui/live-form";
import { PairRows } from "./pair-rows";
import type { SourceValues } from "./source-values";

const NAMES = ["typePrefix", "typeMap", "typeAt", "idAt", "customerAt"];

type TypesFoldProps = { values: SourceValues /** Whether the source says where type and id stand. */; reads: boolean };

/** What requests become: event type, customer, and by what two of them are told apart. */
export function TypesFold({ values, reads }: TypesFoldProps) {
  return (
    <Fold title="Event types and customer" summary={<Summary values={values} />} names={NAMES}>
      <FieldPair>
        <Field
          name="typePrefix"
          label="Prefix"
          optional
          hint="Stands before the provider's type: stripe makes stripe.invoice.paid."
        >
          <Input mono defaultValue={values.typePrefix} placeholder="none" autoCapitalize="off" spellCheck={false} />
        </Field>
        <Field
          name="customerAt"
          label="Customer"
          optional
          hint="Where your customer's id stands: data.object.customer, or header:x-customer."
        >
          <Input mono defaultValue={values.customerAt} placeholder="none" autoCapitalize="off" spellCheck={false} />
        </Field>
        {reads && (
          <>
            <Field
              name="typeAt"
              label="Type stands at"
              optional
              hint="A dotted path such as event.name, or header:x-topic. Empty: the usual places."
            >
              <Input mono defaultValue={values.settings.typeAt} autoCapitalize="off" spellCheck={false} />
            </Field>
            <Field
              name="idAt"
              label="Delivery id stands at"
              optional
              hint="The same id again is a duplicate. Empty: the body itself tells them apart."
            >
              <Input mono defaultValue={values.settings.idAt} autoCapitalize="off" spellCheck={false} />
            </Field>
          </>
        )}
      </FieldPair>
      <PairRows
        name="typeMap"
        label="Other names"
        noun="type"
        hint="The provider's types that become another event type of yours, without the prefix."
        columns={[
          { key: "theirs", label: "Provider's name", placeholder: "invoice.paid" },
          { key: "ours", label: "Event type", placeholder: "billing.paid" },
        ]}
        values={values.typeMap}
      />
    </Fold>
  );
}

function Summary({ values }: { values: SourceValues }) {
  const prefix = useLiveValue("typePrefix", values.typePrefix).trim();
  const customer = useLiveValue("customerAt", values.customerAt).trim();
  const parts = [
    prefix ? `${prefix}.… before the provider's type` : "the provider's type as it is",
    customer ? `customer at ${customer}` : "no customer",
  ];
  return parts.join(" · ");
}
