import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MIN_PASSWORD_LENGTH } from "@/lib/accounts/password-length.ts";

export function NewPasswordField({ label = "Password" }: { label?: string }) {
  return (
    <Field name="password" label={label} hint={`At least ${MIN_PASSWORD_LENGTH} characters`}>
      <Input type="password" autoComplete="new-password" required />
    </Field>
  );
}
