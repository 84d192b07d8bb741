"use server";

import { redirect } from "next/navigation";
import { formatId } from "@/lib/ids.ts";
import { sourceTarget } from "@/lib/sources/forms.ts";
import { sendTestRequest } from "@/lib/sources/test-request.ts";
import { formAction, invalid } from "@/lib/web/action.ts";

const WHY_NOT = {
  not_found: "This source does not exist any more.",
  no_secret: "There is no secret to sign with: add one first.",
  verify_only: "This source has only a public key, which verifies and cannot sign.",
  closed: "This source takes no requests now.",
};

export const sendTestRequestAction = formAction("send", sourceTarget, async ({ source }, { workspace, author }) => {
  const sent = await sendTestRequest(workspace.id, source, author);
  if (sent.result === "failed") return invalid({ _form: [sent.why] });
  if (sent.result !== "sent") return invalid({ _form: [WHY_NOT[sent.result]] });
  redirect(`/w/${workspace.slug}/sources/${formatId("src", source)}?sel=${formatId("req", sent.requestId)}`);
});
