import { Bone, TableSkeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <div className="page-x flex h-12 items-center">
        <Bone className="h-4 w-32" />
      </div>
      <div className="page-x flex h-11 items-center gap-2 pb-2">
        <Bone className="h-7 w-24 rounded-control" />
        <Bone className="h-7 w-20 rounded-control" />
      </div>
      <div className="border-t">
        <TableSkeleton rows={17} />
      </div>
    </>
  );
}
