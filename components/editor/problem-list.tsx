import { useFormState } from "@/components/ui/form";
import type { CodeProblem } from "./code-problem";

type ProblemListProps = { /** Of the box. */ name: string; problems: CodeProblem[] };

/** The marks in a box of code, in words; nothing while its field repeats what the server said, which is the same. */
export function ProblemList({ name, problems }: ProblemListProps) {
  const state = useFormState();
  const refused = state.status === "invalid" && Boolean(state.errors[name]?.length);
  return (
    <div role="status">
      {problems.length > 0 && !refused && (
        <ul className="text-bad text-xs [overflow-wrap:anywhere]">
          {problems.map(({ line, column, message }) => (
            <li key={`${line}:${column}:${message}`}>
              Line {line}: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
