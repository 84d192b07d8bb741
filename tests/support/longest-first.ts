import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that wait for recoveries or compute for long: begun last, they would keep the run from its end alone. */
const LONG = ["gate-takeover", "bulk-jobs-cut-off", "ingest-silence", "outage", "run-life", "gate", "pool"];

const rank = ({ moduleId }: TestSpecification): number => {
  const place = LONG.indexOf(path.basename(moduleId).replace(/\.test\.tsx?$/, ""));
  return place === -1 ? LONG.length : place;
};

/** The long files first, whatever their size is, the others in Vitest's own order; within each project. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => group(a) - group(b) || rank(a) - rank(b));
  }
}
