import type { Refusal } from "../api/problem.ts";
import type { KeptRequest } from "./kept-request.ts";
import type { Acceptance, NewEvent } from "./new-event.ts";
import type { RequestAgain } from "./request-again.ts";

/** What one call asks for: an event, or a batch. Its answers are given together, after the commit. */
export type Unit = {
  events: NewEvent[];
  /** All of them or none. */
  atomic: boolean;
  /** The key that asks; looked at once more in the transaction, so that a revoked one is refused at once. */
  keyId: string | null;
  /** The inbound call that the events came in; it is kept in the same transaction, with or without events. */
  request?: KeptRequest;
  /** Or one that is on record, judged anew: its row is changed in the same transaction. */
  again?: RequestAgain;
  since: number;
  answered: boolean;
  answer: (answers: Acceptance[]) => void;
};

/** The first answer counts; one that comes after the caller was told to try again is dropped. */
export function answerUnit(unit: Unit, answers: Acceptance[]): void {
  if (unit.answered) return;
  unit.answered = true;
  unit.answer(answers);
}

/** The same answer for every event of the unit; one when it has none. */
export function refuseUnit(unit: Unit, why: Refusal): void {
  const refused: Acceptance = { result: "refused", ...why };
  answerUnit(unit, unit.events.length > 0 ? unit.events.map(() => refused) : [refused]);
}

/** How much of a flush it fills. */
export function weightOf({ events }: Unit): number {
  return Math.max(events.length, 1);
}

const INNOCENT: Refusal = {
  code: "batch_refused",
  detail: "Not stored, because another event of the batch was refused: correct that one, or send ?partial=true",
};

/** Nothing of a batch is stored when one of its events is refused; the others are told that they are not to blame. */
export function withoutAccepted(answers: Acceptance[]): Acceptance[] {
  return answers.map((answer) => (answer.result === "refused" ? answer : { result: "refused", ...INNOCENT }));
}
