import { breakingChanges, changeSentence } from "../schemas/breaking.ts";
import { type Differences, differencesOf } from "../schemas/differences.ts";
import type { EventTypeVersion } from "./queries.ts";

export type VersionChanges = {
  number: number;
  createdAt: Date;
  /** The first one kept has nothing to be compared with. */
  since: number | null;
  schema: Differences;
  example: Differences;
  /** Sentences: what receivers of the version before may trip over. */
  breaking: string[];
};

/** What each version changed, the newest first. The oldest that is given is compared with nothing. */
export function versionChanges(versions: readonly EventTypeVersion[]): VersionChanges[] {
  return versions.map((version, at) => {
    const before = versions[at + 1] ?? null;
    return {
      number: version.number,
      createdAt: version.createdAt,
      since: before?.number ?? null,
      schema: differencesOf(before?.schema ?? null, version.schema),
      example: differencesOf(before?.example ?? null, version.example),
      breaking: before ? breakingChanges(before.schema, version.schema).map(changeSentence) : [],
    };
  });
}
