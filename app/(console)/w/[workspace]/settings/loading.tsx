import { Page } from "@/components/ui/page";
import { Bone } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page width="form">
      <div role="status">
        <span className="sr-only">Loading…</span>
        <div className="flex h-13 items-center">
          <Bone className="h-4 w-36" />
        </div>
        {["name", "choice", "switch"].map((field) => (
          <div key={field} className="mb-5 grid gap-2.5">
            <Bone className="w-24" />
            <div className="h-8 rounded-control border" />
          </div>
        ))}
      </div>
    </Page>
  );
}
