"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { areDefault, changeColumns, DEFAULT_COLUMNS, readColumns } from "@/components/deliveries/columns";
import { keepPreference } from "@/lib/accounts/preferences.ts";
import { type Changed, changeView, deleteView, saveView } from "@/lib/saved-views/commands.ts";
import { viewChange, viewInput, viewTarget } from "@/lib/saved-views/input.ts";
import { done, formAction, invalid, personAction } from "@/lib/web/action.ts";
import { safePath } from "@/lib/web/safe-path.ts";
import type { Actor } from "@/lib/web/session.ts";
import { COLUMNS_PREFERENCE, VIEW_PREFERENCE, WIDTH_PREFERENCE } from "./list-view";
import { columnsForm, defaultViewForm, widthForm } from "./view-forms";

const keeperOf = ({ user, role, author }: Actor) => ({ userId: user.id, role, author });
const reload = ({ workspace }: Actor) => revalidatePath(`/w/${workspace.slug}/deliveries`);

const NOT_SAVED = {
  taken: "There is a view of this name. Choose another, or open that one and let it show these filters.",
  too_many: "There are fifty views already. Delete one that nobody needs.",
};

export const saveViewAction = formAction("read", viewInput, async (input, actor) => {
  const saved = await saveView(actor.workspace.id, "deliveries", input, keeperOf(actor));
  if (saved.result !== "saved") return invalid({ name: [NOT_SAVED[saved.result]] });
  reload(actor);
  return done("View saved");
});

const NOT_CHANGED = {
  not_found: "This view does not exist any more.",
  not_yours: "Only who saved it, or a developer, may change this view.",
};

function answerTo(changed: Changed, actor: Actor, message: string) {
  if (changed !== "changed") return invalid({ _form: [NOT_CHANGED[changed]] });
  reload(actor);
  return done(message);
}

export const changeViewAction = formAction("read", viewChange, async ({ view, query }, actor) => {
  return answerTo(await changeView(actor.workspace.id, view, query, keeperOf(actor)), actor, "View changed");
});

export const deleteViewAction = formAction("read", viewTarget, async ({ view }, actor) => {
  return answerTo(await deleteView(actor.workspace.id, view, keeperOf(actor)), actor, "View deleted");
});

/** Workspaces have views of their own, and so a first view each. */
export const setDefaultViewAction = formAction("read", defaultViewForm, async ({ view }, actor) => {
  await keepPreference(actor.user.id, `${VIEW_PREFERENCE}.${actor.workspace.id}`, view);
  reload(actor);
  return done(view ? "Deliveries start with this view" : "Deliveries start with the last 24 h");
});

export const changeColumnsAction = personAction(columnsForm, async ({ shown, change, back }, user) => {
  const columns = change ? changeColumns(readColumns(shown) ?? DEFAULT_COLUMNS, change) : DEFAULT_COLUMNS;
  await keepPreference(user.id, COLUMNS_PREFERENCE, areDefault(columns) ? null : columns);
  if (back) redirect(safePath(back));
  revalidatePath("/w/[workspace]/deliveries", "page");
  return done("Columns changed");
});

export const keepWidthAction = personAction(widthForm, async ({ width }, user) => {
  await keepPreference(user.id, WIDTH_PREFERENCE, width);
  return done("");
});
