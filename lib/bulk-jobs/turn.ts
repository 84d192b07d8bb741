import { endWithSilence, type Sql, type SqlTransaction } from "../db.ts";
import { giveBack, JOB_STOPPED } from "./give-back.ts";
import { LEFT_OUT_WORDS, whyClosed } from "./left-out.ts";
import { type Line, lockLine } from "./line.ts";
import { putInLine } from "./put-in-line.ts";
import { settleOpen } from "./settle.ts";

export type Turn = {
  /** Rows that changed their state. */
  moved: number;
  /** There is something left to do here, now or later. */
  unfinished: boolean;
};

const NOTHING: Turn = { moved: 0, unfinished: false };

/**
 * One endpoint's turn in a job, in one transaction: what is over is told, then the next rows are put in line, or, once
 * the job was stopped, taken out of it. The locks on the job and on its line make workers, and whoever stops it, take
 * turns; cut off anywhere, nothing of it has happened.
 */
export async function takeTurn(sql: Sql, jobId: string, endpointId: string): Promise<Turn> {
  return sql.begin(async (tx) => {
    endWithSilence(tx);
    const line = await lockLine(tx, jobId, endpointId);
    if (!line) return NOTHING;
    const settled = await settleOpen(tx, line);
    const moved = await move(tx, { ...line, open: line.open - settled });
    return { moved: settled + moved, unfinished: line.status === "running" || line.open - settled > 0 };
  }) as Promise<Turn>;
}

/** An endpoint that was paused or disabled meanwhile gets none, and nothing of the job stands in its line. */
async function move(tx: SqlTransaction, line: Line): Promise<number> {
  const closed = whyClosed(line.endpoint);
  const back = line.open > 0 && (closed !== null || line.status === "stopped");
  const given = back ? await giveBack(tx, line, closed ? LEFT_OUT_WORDS[closed] : JOB_STOPPED) : 0;
  return line.status === "running" && line.waiting + given > 0 ? given + (await putInLine(tx, line)) : given;
}
