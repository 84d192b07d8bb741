import { CircleAlert } from "lucide-react";
import { ICON_14 } from "@/components/ui/icon-size";

/** What of a search was not understood, and that it was looked for as text all the same. */
export function SearchProblems({ problems }: { problems: string[] }) {
  if (problems.length === 0) return null;
  return (
    <div role="status">
      <ul className="mt-1 grid gap-1 text-sm text-warn">
        {problems.map((problem) => (
          <li key={problem} className="flex items-start gap-1.5 [overflow-wrap:anywhere]">
            <CircleAlert {...ICON_14} className="mt-0.75 shrink-0" />
            <span>
              {problem} <span className="text-fg-2">It was looked for as text.</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
