import { Field, Fieldset } from "@/components/ui/field";
import { Input, Radio, Select } from "@/components/ui/input";
import type { TrialDraft } from "./trial-form";

export type EndpointChoice = { id: string; name: string; url: string; status: string };

type Props = { draft: Pick<TrialDraft, "target" | "endpoint" | "url">; endpoints: EndpointChoice[] };

/** Whom it goes to. What belongs to a choice shows with it, by style alone. */
export function TargetField({ draft, endpoints }: Props) {
  return (
    <Fieldset name="target" label="Target">
      <div className="group/target grid gap-3">
        <div className="flex flex-wrap gap-x-6 gap-y-1">
          <Radio name="target" value="endpoint" defaultChecked={draft.target === "endpoint"} label="An endpoint" />
          <Radio
            name="target"
            value="subscribers"
            defaultChecked={draft.target === "subscribers"}
            label="All that would get it"
          />
          <Radio name="target" value="url" defaultChecked={draft.target === "url"} label="A URL" />
        </div>
        <Field
          name="endpoint"
          label="Endpoint"
          className="hidden group-has-[[value=endpoint]:checked]/target:grid"
          hint="With its secret, headers, format and transformation, whether it is paused or not."
        >
          <Select defaultValue={draft.endpoint || endpoints[0]?.id}>
            {endpoints.map(({ id, name, url, status }) => (
              <option key={id} value={id}>
                {name === url ? url : `${name}, ${url}`}
                {status === "active" ? "" : ` (${status})`}
              </option>
            ))}
          </Select>
        </Field>
        <p className="hidden text-fg-2 text-sm group-has-[[value=subscribers]:checked]/target:block">
          Every endpoint that a real event of this type and data would go to, ten at most; paused ones too.
        </p>
        <div className="hidden gap-3 group-has-[[value=url]:checked]/target:grid">
          <Field name="url" label="URL">
            <Input
              mono
              type="url"
              defaultValue={draft.url}
              placeholder="https://api.example.com/webhooks"
              autoCapitalize="off"
              spellCheck={false}
            />
          </Field>
          <Field
            name="secret"
            label="Signing secret"
            optional
            hint="whsec_…, used for this call alone. Without one it is signed with a secret that nobody knows."
          >
            <Input mono autoCapitalize="off" autoComplete="off" spellCheck={false} />
          </Field>
        </div>
      </div>
    </Fieldset>
  );
}
