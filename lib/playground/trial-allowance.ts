/** Calls of one workspace on their way at once, and in a minute; of one web process. A trial is for people, not for load. */
export const MOST_AT_ONCE = 10;
export const MOST_PER_MINUTE = 60;

const MINUTE_MS = 60_000;

export type Grant = { granted: true; giveBack: () => void } | { granted: false; why: string };

/** Keeps trial calls from becoming a load test, or a scan of what the operator has opened. */
export class TrialAllowance {
  readonly #workspaces = new Map<string, { running: number; begun: number[] }>();

  take(workspaceId: string, calls: number, now = Date.now()): Grant {
    const mine = this.#of(workspaceId, now);
    if (mine.running + calls > MOST_AT_ONCE) {
      return {
        granted: false,
        why: `At most ${MOST_AT_ONCE} trial calls of a workspace run at once: wait for the others.`,
      };
    }
    if (mine.begun.length + calls > MOST_PER_MINUTE) {
      return { granted: false, why: `At most ${MOST_PER_MINUTE} trial calls a minute: try again in a moment.` };
    }
    mine.running += calls;
    for (let call = 0; call < calls; call++) mine.begun.push(now);
    return { granted: true, giveBack: () => this.#giveBack(workspaceId, calls) };
  }

  #of(workspaceId: string, now: number) {
    this.#forgetOld(now);
    const known = this.#workspaces.get(workspaceId) ?? { running: 0, begun: [] };
    this.#workspaces.set(workspaceId, known);
    return known;
  }

  #giveBack(workspaceId: string, calls: number): void {
    const mine = this.#workspaces.get(workspaceId);
    if (mine) mine.running -= calls;
  }

  #forgetOld(now: number): void {
    for (const [id, known] of this.#workspaces) {
      known.begun = known.begun.filter((at) => at > now - MINUTE_MS);
      if (known.begun.length === 0 && known.running === 0) this.#workspaces.delete(id);
    }
  }
}

// Next compiles lib into bundles of its own: one allowance a process, wherever it is asked from.
const holder = globalThis as typeof globalThis & { posthornTrials?: TrialAllowance };

export function trialAllowance(): TrialAllowance {
  holder.posthornTrials ??= new TrialAllowance();
  return holder.posthornTrials;
}
