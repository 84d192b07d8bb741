import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { CodeEditor } from "@/components/editor/code-editor";
import { EnvironmentBadge } from "@/components/shell/environment-badge";
import { LinkButton } from "@/components/ui/button";
import { UrlText } from "@/components/ui/chips";
import { Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { RadioGroup } from "@/components/ui/input";
import { Page, PageHeader } from "@/components/ui/page";
import { prettyJson } from "@/components/ui/pretty-json";
import { SubmitBar } from "@/components/ui/submit-bar";
import { SubmitButton } from "@/components/ui/submit-button";
import { isJson } from "@/lib/formats/content-type.ts";
import { formatId, parseId } from "@/lib/ids.ts";
import { MAX_EDITED_BYTES } from "@/lib/replay/input.ts";
import { findPayload } from "@/lib/reports/delivery.ts";
import { requireActor } from "@/lib/web/session.ts";
import { loadSending, type Sending } from "../load";
import { replayEditedAction } from "./actions";

export const metadata: Metadata = { title: "Edit and replay" };

type Props = { params: Promise<{ workspace: string; delivery: string }> };

/** The event's data to correct; sent as a new event, so that what was stored stays what it was. */
export default async function EditPage({ params }: Props) {
  const { workspace: slug, delivery } = await params;
  const { workspace } = await requireActor(slug, "send");
  const sending = await loadSending(workspace.id, parseId("dlv", delivery));
  if (!sending) notFound();
  const text = await editableText(sending);
  return (
    <Page width="form" flush>
      <PageHeader title="Edit and replay" />
      <p className="text-fg-2 text-sm">
        A new <span className="font-medium text-fg">{sending.row.eventType}</span> event is made from{" "}
        <Link className="link mono" href={`/w/${slug}/events/${formatId("evt", sending.row.eventId)}`}>
          {formatId("evt", sending.row.eventId)}
        </Link>{" "}
        with this data; customer, tags and time stay as they were. It has an ID of its own, so receivers do not take it
        for a repeat.
      </p>
      {typeof text === "string" ? (
        <EditForm slug={slug} environment={workspace.environment} delivery={delivery} sending={sending} text={text} />
      ) : (
        <p className="mt-4 rounded-card border bg-surface px-3.5 py-2.5 text-sm">{text.reason}</p>
      )}
    </Page>
  );
}

type EditFormProps = {
  slug: string;
  environment: "test" | "live";
  delivery: string;
  sending: Sending;
  text: string;
};

function EditForm({ slug, environment, delivery, sending: { endpoint }, text }: EditFormProps) {
  const here = endpoint?.status === "disabled" || !endpoint ? null : endpoint;
  const options = [
    ...(here ? [{ value: "endpoint", label: <>Only to {here.description || <UrlText url={here.url} />}</> }] : []),
    {
      value: "all",
      label: "To all endpoints that want such an event today",
      hint: "By their subscriptions, filters and customers, as for any event.",
    },
  ];
  return (
    <ActionForm action={replayEditedAction} workspace={slug} className="mt-4 grid gap-4">
      <input type="hidden" name="delivery" value={delivery} />
      <CodeEditor
        name="payload"
        label="Data"
        value={text}
        language="json"
        rows={18}
        hint="Exactly these bytes are sent: key order and the digits of numbers stay as you write them."
      />
      <Fieldset name="to" label="Replay">
        <RadioGroup name="to" defaultValue={here ? "endpoint" : "all"} options={options} />
      </Fieldset>
      <SubmitBar badge={<EnvironmentBadge environment={environment} />} note="The stored event stays as it is.">
        <SubmitButton>Replay edited event</SubmitButton>
        <LinkButton href={`/w/${slug}/deliveries/${delivery}`}>Cancel</LinkButton>
      </SubmitBar>
    </ActionForm>
  );
}

/** The stored data as text to edit, or why it cannot be. */
async function editableText({ row }: Sending): Promise<string | { reason: string }> {
  const { event } = row;
  if (!event) return { reason: "The event is past its retention time, so there is nothing left to edit." };
  if (event.bytes > MAX_EDITED_BYTES)
    return { reason: "It is larger than 512 KiB: download it, edit it, and post it as a new event." };
  const payload = await findPayload(event.workspaceId, event.id);
  const text = payload?.toString("utf8") ?? "";
  if (!payload || !Buffer.from(text).equals(payload))
    return { reason: "Its data is not text, so it cannot be edited here." };
  return isJson(event.contentType) ? (prettyJson(text) ?? text) : text;
}
