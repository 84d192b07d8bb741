import { cn } from "@/components/ui/cn";
import type { ProviderName } from "@/lib/providers/names.ts";

/** Letters, not brands: what a provider is told by in a row. */
const LETTERS: Record<ProviderName, string> = {
  stripe: "St",
  github: "Gh",
  shopify: "Sh",
  slack: "Sl",
  twilio: "Tw",
  mailchimp: "Mc",
  mandrill: "Md",
  intercom: "Ic",
  woocommerce: "Wc",
  wordpress: "Wp",
  papertrail: "Pt",
  zapier: "Za",
  standard_webhooks: "Sw",
  svix: "Sv",
  hmac: "#",
  basic: "u:p",
  bearer: "Be",
  jwt: "Jw",
  unsigned: "*",
};

export function ProviderMark({ provider, className }: { provider: ProviderName; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "inline-grid size-7 shrink-0 place-items-center rounded-control border bg-muted font-semibold text-fg-2 text-xs",
        className,
      )}
    >
      {LETTERS[provider]}
    </span>
  );
}
