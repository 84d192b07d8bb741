import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { actionWords } from "@/lib/audit/wording.ts";

type AuditFiltersProps = {
  actors: { id: string; name: string }[];
  subjects: string[];
  actor: string | undefined;
  subject: string | undefined;
};

/** A plain GET form: the filters stand in the address. */
export function AuditFilters({ actors, subjects, actor, subject }: AuditFiltersProps) {
  return (
    <form className="mb-3 flex flex-wrap items-center gap-2">
      <Select key={`a${actor}`} name="actor" aria-label="By whom" defaultValue={actor ?? ""} className="min-w-40">
        <option value="">Anybody</option>
        {actors.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select key={`s${subject}`} name="subject" aria-label="What" defaultValue={subject ?? ""} className="min-w-40">
        <option value="">Anything</option>
        {subjects.map((noun) => (
          <option key={noun} value={noun}>
            {actionWords(noun)}
          </option>
        ))}
      </Select>
      <Button type="submit">Filter</Button>
      {(actor || subject) && (
        <Link href="?" className="link text-sm">
          Clear
        </Link>
      )}
    </form>
  );
}
