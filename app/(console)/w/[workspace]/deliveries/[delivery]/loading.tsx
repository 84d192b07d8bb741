import { Page } from "@/components/ui/page";
import { Bone } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page width="detail">
      <div className="flex h-13 items-center gap-3">
        <Bone className="h-4 w-56" />
        <Bone className="h-5 w-18" />
      </div>
      <Bone className="mb-4 w-64" />
      <div className="h-40 rounded-card border border-border-strong" />
      <div className="mt-4 h-13 border-y" />
      <div className="mt-6 grid h-120 rounded-card border lg:grid-cols-[304px_minmax(0,1fr)]">
        <div className="border-b lg:border-r lg:border-b-0">
          <div className="h-10 border-b" />
        </div>
        <div>
          <div className="h-10 border-b" />
        </div>
      </div>
      <span role="status" className="sr-only">
        Loading…
      </span>
    </Page>
  );
}
