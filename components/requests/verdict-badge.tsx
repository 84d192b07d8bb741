import { Badge } from "@/components/ui/badge";
import type { RequestRow } from "@/lib/reports/requests.ts";
import { type SourceFacts, verdictLook } from "./verdict";

/** What the door found, as a chip: an icon and a word. */
export function VerdictBadge({ request, source }: { request: RequestRow; source: SourceFacts }) {
  const { word, tone, icon } = verdictLook(request, source);
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
}
