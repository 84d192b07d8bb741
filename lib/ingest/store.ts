import { refusal } from "../api/problem.ts";
import { announceChange } from "../live/announce.ts";
import { commitPlan, type Progress } from "./commit.ts";
import type { Acceptance } from "./new-event.ts";
import { planUnits } from "./plan-units.ts";
import { forgetRouting } from "./routing.ts";
import { answerUnit, refuseUnit, type Unit } from "./unit.ts";

/** How often a flush begins again because the configuration changed under it. */
const MAX_ROUNDS = 20;

const DEAD_KEY = refusal("key_revoked", "This API key was revoked or has expired");
const CHANGED_SOURCE = refusal("source_changed", "The source was changed at this moment: send the request again");
const UNSETTLED = refusal("unavailable", "The workspace's configuration keeps changing: post the event again");

/** Stores what several calls ask for in one transaction, and answers them after its commit. */
export async function storeUnits(units: Unit[], progress: Progress): Promise<void> {
  let open = units;
  for (let round = 0; round < MAX_ROUNDS && open.length > 0; round++) {
    const committed = await commitPlan(await planUnits(open), progress);
    if (committed.result === "stale") {
      for (const id of committed.stale.workspaceIds) forgetRouting(id);
      const dead = new Set(committed.stale.keyIds);
      const changed = new Set(committed.stale.sourceIds);
      for (const unit of open) {
        if (unit.keyId && dead.has(unit.keyId)) refuseUnit(unit, DEAD_KEY);
        if (unit.request && changed.has(unit.request.sourceId)) refuseUnit(unit, CHANGED_SOURCE);
      }
    } else {
      for (const [unit, answers] of committed.answers) {
        answerUnit(unit, answers);
        announceStored(unit, answers);
      }
    }
    open = open.filter((unit) => !unit.answered);
  }
  for (const unit of open) refuseUnit(unit, UNSETTLED);
}

/** The events of a call are all of one workspace. */
function announceStored({ events, request, again }: Unit, answers: Acceptance[]): void {
  const kept = request ?? again;
  const { workspaceId } = kept ?? events[0] ?? {};
  if (workspaceId && (kept || answers.some(({ result }) => result === "accepted"))) announceChange(workspaceId);
}
