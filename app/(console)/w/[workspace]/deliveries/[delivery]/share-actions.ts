"use server";

import { revalidatePath } from "next/cache";
import { publicUrl } from "@/lib/env.ts";
import { MOST_LINKS, makeShareLink, revokeShareLink } from "@/lib/share-links/commands.ts";
import { revokeInput, SHARE_HOURS, shareInput } from "@/lib/share-links/input.ts";
import { done, formAction, invalid } from "@/lib/web/action.ts";

const REFUSALS = {
  not_found: "This delivery does not exist any more.",
  too_many: `There are ${MOST_LINKS} links to this delivery already: end one of them first.`,
};

export const shareDeliveryAction = formAction("share", shareInput, async (input, { workspace, author, user }) => {
  const { delivery, expires, bodies } = input;
  const link = { hours: SHARE_HOURS[expires], showsBodies: bodies };
  const made = await makeShareLink(workspace.id, delivery, link, { userId: user.id, author });
  if (made.result !== "made") return invalid({ _form: [REFUSALS[made.result]] });
  revalidatePath(`/w/${workspace.slug}`, "layout");
  return done("Copy the link now: it is not shown again.", { url: `${publicUrl()}/share/${made.token}` });
});

export const revokeShareLinkAction = formAction("share", revokeInput, async ({ link }, { workspace, author }) => {
  const ended = await revokeShareLink(workspace.id, link, author);
  revalidatePath(`/w/${workspace.slug}`, "layout");
  return ended ? done("The link does not open any more") : invalid({ _form: ["This link had ended already."] });
});
