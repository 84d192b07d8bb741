"use client";

import { FieldPair, Fold } from "@/components/endpoints/fold";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { useLiveValue } from "@/components/ui/live-form";
import { PairRows } from "./pair-rows";
import type { EndpointChoice, SourceValues } from "./source-values";

const NAMES = ["answerStatus", "answerHeaders", "answerBody", "syncEndpoint", "syncSeconds", "syncHeaders"];

/** What accepted calls are answered with: at once, or by an endpoint. */
export function AnswerFold({ values, endpoints }: { values: SourceValues; endpoints: EndpointChoice[] }) {
  return (
    <Fold title="Answer" summary={<Summary values={values} endpoints={endpoints} />} names={NAMES}>
      <FieldPair>
        <Field
          name="answerStatus"
          label="Status"
          hint="Most providers take anything but 2xx for a failure and send again."
        >
          <Input mono inputMode="numeric" defaultValue={values.answerStatus} />
        </Field>
      </FieldPair>
      <PairRows
        name="answerHeaders"
        label="Headers"
        noun="header"
        hint="Such as content-type: text/xml for TwiML."
        columns={[
          { key: "name", label: "Name", placeholder: "content-type" },
          { key: "value", label: "Value", placeholder: "application/json" },
        ]}
        values={values.answerHeaders}
      />
      <Field name="answerBody" label="Body" optional>
        <Textarea mono rows={3} defaultValue={values.answerBody} />
      </Field>
      <FieldPair>
        <Field
          name="syncEndpoint"
          label="Answered by an endpoint"
          hint="Callers such as Slack commands get this endpoint's answer when it comes in time; else the answer above."
        >
          <Select defaultValue={values.syncEndpoint}>
            <option value="">No, answered at once</option>
            {endpoints.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field name="syncSeconds" label="Deadline in seconds" hint="Slack waits 3 s, Twilio 15 s.">
          <Input mono inputMode="decimal" defaultValue={values.syncSeconds} />
        </Field>
      </FieldPair>
      <Field
        name="syncHeaders"
        label="Headers of its answer"
        optional
        hint="Names of the endpoint's headers that the caller gets beside content-type."
      >
        <Input mono defaultValue={values.syncHeaders} autoCapitalize="off" spellCheck={false} />
      </Field>
    </Fold>
  );
}

function Summary({ values, endpoints }: { values: SourceValues; endpoints: EndpointChoice[] }) {
  const status = useLiveValue("answerStatus", values.answerStatus).trim() || "200";
  const body = useLiveValue("answerBody", values.answerBody);
  const chosen = useLiveValue("syncEndpoint", values.syncEndpoint);
  const seconds = useLiveValue("syncSeconds", values.syncSeconds).trim();
  const usual = `${status} with ${body ? "your body" : "an empty body"}`;
  const endpoint = endpoints.find(({ id }) => id === chosen);
  return endpoint ? `By ${endpoint.name} within ${seconds} s, else ${usual}` : `At once, ${usual}`;
}
