import { expect, test } from "vitest";
import { listAuditEntries } from "../../lib/audit/queries.ts";
import { formatId, newId } from "../../lib/ids.ts";
import { changeView, deleteView, type Keeper, MOST_VIEWS, saveView } from "../../lib/saved-views/commands.ts";
import { viewInput } from "../../lib/saved-views/input.ts";
import { listViews } from "../../lib/saved-views/queries.ts";
import type { Role } from "../../lib/workspaces/roles.ts";
import { testDatabase } from "../support/database.ts";
import { aTeam } from "../support/people.ts";

await testDatabase();

async function keepers(...roles: Role[]) {
  const { workspaceId, people } = await aTeam(...roles);
  const made = people.map(({ id, author }, index): Keeper => ({ userId: id, role: roles[index]!, author }));
  return { workspaceId, keepers: made };
}

const NEEDED_A_RETRY = { name: "Needed a retry", query: "attempts=%3E1" };

async function saved(workspaceId: string, keeper: Keeper, input = NEEDED_A_RETRY) {
  const answer = await saveView(workspaceId, "deliveries", input, keeper);
  if (answer.result !== "saved") throw new Error(answer.result);
  return answer.id;
}

test("a view that a viewer saves stands in everybody's menu under its name, and in the audit log", async () => {
  const { workspaceId, keepers: people } = await keepers("viewer");
  const id = await saved(workspaceId, people[0]!);

  expect(await listViews(workspaceId, "deliveries")).toEqual([
    { id, ...NEEDED_A_RETRY, createdBy: people[0]!.userId, author: "viewer" },
  ]);
  const [entry] = (await listAuditEntries(workspaceId, {}, {})).rows;
  expect(entry).toMatchObject({ action: "saved_view.saved", target: formatId("vw", id), targetName: "Needed a retry" });
});

test("two views never share a name, and a menu holds fifty", async () => {
  const { workspaceId, keepers: people } = await keepers("viewer");
  for (let number = 1; number < MOST_VIEWS; number++) {
    await saved(workspaceId, people[0]!, { name: `View ${number}`, query: "" });
  }
  const again = await saveView(workspaceId, "deliveries", { name: "View 1", query: "status=failed" }, people[0]!);
  expect(again).toEqual({ result: "taken" });
  await saved(workspaceId, people[0]!);
  const beyond = await saveView(workspaceId, "deliveries", { name: "One more", query: "" }, people[0]!);
  expect(beyond).toEqual({ result: "too_many" });
});

test("a view is changed and deleted by who saved it and by those who configure, by nobody else", async () => {
  const { workspaceId, keepers: people } = await keepers("viewer", "support", "developer");
  const [viewer, support, developer] = [people[0]!, people[1]!, people[2]!];
  const id = await saved(workspaceId, viewer);

  expect(await changeView(workspaceId, id, "status=failed", support)).toBe("not_yours");
  expect(await deleteView(workspaceId, id, support)).toBe("not_yours");
  expect(await changeView(workspaceId, id, "status=failed", viewer)).toBe("changed");
  expect(await listViews(workspaceId, "deliveries")).toMatchObject([{ query: "status=failed" }]);
  expect(await deleteView(workspaceId, id, developer)).toBe("changed");
  expect(await listViews(workspaceId, "deliveries")).toEqual([]);
  expect(await deleteView(workspaceId, id, developer)).toBe("not_found");
});

test("another workspace neither sees a view nor touches it", async () => {
  const { workspaceId, keepers: people } = await keepers("owner");
  const id = await saved(workspaceId, people[0]!);
  const strangers = await keepers("owner");

  expect(await listViews(strangers.workspaceId, "deliveries")).toEqual([]);
  expect(await deleteView(strangers.workspaceId, id, strangers.keepers[0]!)).toBe("not_found");
  expect(await changeView(strangers.workspaceId, newId(), "", strangers.keepers[0]!)).toBe("not_found");
});

test.each([
  ["", false],
  ["   ", false],
  ["x".repeat(60), true],
  ["x".repeat(61), false],
  ["ends in nul \0", false],
])("the name %j is taken: %s", (name, taken) => {
  expect(viewInput.safeParse({ name, query: "" }).success).toBe(taken);
});

test("filters of two thousand characters are kept, longer ones are not", () => {
  expect(viewInput.safeParse({ name: "Long", query: "q".repeat(2_000) }).success).toBe(true);
  expect(viewInput.safeParse({ name: "Long", query: "q".repeat(2_001) }).success).toBe(false);
});
