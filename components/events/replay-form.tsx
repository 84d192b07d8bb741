import { RotateCw } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { urlParts } from "@/components/ui/format";
import { ICON_14 } from "@/components/ui/icon-size";
import { Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/web/action.ts";

type ReplayFormProps = {
  slug: string;
  action: FormAction;
  /** Outside id. */
  eventId: string;
  /** Where an endpoint is made, of one who may: it gets the event from the event's page afterwards. */
  newEndpointHref: string | null;
  /** Outside ids of the endpoints it can go to. */
  endpoints: { id: string; url: string; description: string }[];
  /** Where it is not what the page is for. */
  variant?: "secondary";
};

/** Makes new deliveries of the event: for all endpoints that want it today, or for one. */
export function ReplayForm({ slug, action, eventId, newEndpointHref, endpoints, variant }: ReplayFormProps) {
  return (
    <ActionForm action={action} workspace={slug} feedback="toast" className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="event" value={eventId} />
      <span className="w-64 max-w-full">
        <Select name="endpoint" aria-label="Replay to" defaultValue="">
          <option value="">To all subscribed endpoints</option>
          {endpoints.map(({ id, url, description }) => (
            <option key={id} value={id}>
              To {description || `${urlParts(url).host}${urlParts(url).path}`}
            </option>
          ))}
        </Select>
      </span>
      <SubmitButton variant={variant}>
        <RotateCw {...ICON_14} />
        Replay event
      </SubmitButton>
      {newEndpointHref && (
        <LinkButton href={newEndpointHref} variant="quiet">
          To a new endpoint…
        </LinkButton>
      )}
    </ActionForm>
  );
}

type ReplayToProps = { slug: string; action: FormAction; eventId: string; endpointId: string; host: string };

/** The same for one endpoint, in its row. */
export function ReplayTo({ slug, action, eventId, endpointId, host }: ReplayToProps) {
  return (
    <ActionForm action={action} workspace={slug} feedback="toast">
      <input type="hidden" name="event" value={eventId} />
      <input type="hidden" name="endpoint" value={endpointId} />
      <SubmitButton variant="secondary" size="sm">
        Send to it<span className="sr-only"> ({host})</span>
      </SubmitButton>
    </ActionForm>
  );
}
