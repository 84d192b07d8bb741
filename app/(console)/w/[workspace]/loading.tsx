import { Page } from "@/components/ui/page";
import { Bone, TableSkeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <div className="flex h-13 items-center">
        <Bone className="h-4 w-36" />
      </div>
      <TableSkeleton framed />
    </Page>
  );
}
