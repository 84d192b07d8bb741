import { cn } from "@/components/ui/cn";

/** Whose data this is: outlined for live, dashed for test. */
export function EnvironmentBadge({ environment }: { environment: "test" | "live" }) {
  return (
    <span
      title="Environment of this workspace"
      className={cn(
        "inline-flex h-5 shrink-0 items-center rounded-badge border px-1.75 font-medium text-xs",
        environment === "test" ? "border-control border-dashed" : "border-border-strong",
      )}
    >
      {environment === "test" ? "Test data" : "Live data"}
    </span>
  );
}
