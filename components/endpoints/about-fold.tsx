"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useLiveValue } from "@/components/ui/live-form";
import { FieldPair, Fold } from "./fold";

export type AboutValues = { description: string; customer: string };

/** What people call the endpoint, and whose events it gets. */
export function AboutFold({ values }: { values: AboutValues }) {
  return (
    <Fold
      title="Name and customer"
      summary={<Summary values={values} />}
      names={["description", "customer"]}
      open={values.description !== "" || values.customer !== ""}
    >
      <FieldPair>
        <Field
          name="description"
          label="Description"
          optional
          hint="What people call it. Without one its host stands in lists."
        >
          <Input defaultValue={values.description} maxLength={200} />
        </Field>
        <Field
          name="customer"
          label="Customer"
          optional
          hint="Your own id of the customer whose events it gets. Empty: of all."
        >
          <Input mono defaultValue={values.customer} autoCapitalize="off" />
        </Field>
      </FieldPair>
    </Fold>
  );
}

function Summary({ values }: { values: AboutValues }) {
  const description = useLiveValue("description", values.description).trim();
  const customer = useLiveValue("customer", values.customer).trim();
  return `${description || "named by its host"} · ${customer ? `customer ${customer}` : "events of all customers"}`;
}
