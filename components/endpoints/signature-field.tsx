import { Fieldset } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/input";
import type { Signature } from "@/lib/endpoints/states.ts";
import { SIGNATURE_WORDS } from "./signature-words";

/** What deliveries are signed with. */
export function SignatureField({ value, isNew }: { value: Signature; isNew: boolean }) {
  return (
    <Fieldset
      name="signature"
      label="Signature"
      hint={isNew ? undefined : "After a change both kinds sign for 24 hours, so that the receiver can change over."}
    >
      <RadioGroup
        name="signature"
        defaultValue={value}
        options={Object.entries(SIGNATURE_WORDS).map(([value, words]) => ({ value, ...words }))}
      />
    </Fieldset>
  );
}
