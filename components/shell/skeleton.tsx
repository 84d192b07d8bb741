"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { SkeletonKind } from "./skeleton-kinds";

/** Texts are not all as long as each other. */
const LENGTHS = [72, 58, 84, 64, 76, 52];
/** Rows enough for any screen; what does not fit is cut off. */
const ROWS = Array.from({ length: 30 }, (_, row) => ({ key: `row ${row}`, width: LENGTHS[row % LENGTHS.length] }));

/** The outline of a page on its way: its heading, bars and rows where they will stand. */
export function Skeleton({ kind }: { kind: SkeletonKind }) {
  const Body = BODIES[kind];
  return (
    <div
      aria-busy="true"
      data-skeleton={kind}
      className="max-h-[calc(100dvh-var(--topbar))] overflow-hidden motion-safe:animate-pulse"
    >
      <p role="status" className="sr-only">
        Loading…
      </p>
      <div aria-hidden="true">
        <Body />
      </div>
    </div>
  );
}

const BODIES: Record<SkeletonKind, () => ReactNode> = {
  deliveries: Deliveries,
  events: () => <FramedList tabs tools="h-14 pt-2 pb-3" />,
  endpoints: () => <FramedList tools="h-11 pb-3" create row="h-13" />,
  "event-types": () => <FramedList tools="h-11 pb-3" create />,
  sources: () => <FramedList tools="h-11 pb-3" create row="h-13" />,
  jobs: () => <FramedList create />,
  object: ObjectPage,
  figures: Figures,
  form: FormPage,
};

/** A grey bar where text will stand: as high as its capitals, in a line as high as the text's. */
function Line({ className, bar = "w-24" }: { className?: string; bar?: string }) {
  return (
    <div className={cn("flex items-center", className)}>
      <div className={cn("h-2.5 max-w-full rounded-badge bg-muted", bar)} />
    </div>
  );
}

function Heading({ compact, children }: { compact?: boolean; children?: ReactNode }) {
  return (
    <div className={cn("page-x flex items-center gap-3", compact ? "h-12" : "h-13")}>
      <div className="h-4.5 w-36 rounded-badge bg-muted" />
      <div className="ml-auto flex gap-2">{children}</div>
    </div>
  );
}

function Box({ className }: { className: string }) {
  return <div className={cn("rounded-control border", className)} />;
}

function Deliveries() {
  return (
    <>
      <Heading compact>
        <Box className="h-8 w-20" />
      </Heading>
      <div className="page-x flex min-h-11 items-center gap-2 pb-2">
        <Box className="h-7 w-80" />
        <Box className="h-7 w-24" />
        <Box className="h-7 w-20" />
      </div>
      <div className="mx-(--gutter) h-12 bg-surface" />
      <div className="border-t">
        <Rows className="page-x" />
      </div>
    </>
  );
}

type FramedListProps = {
  /** A row of tabs under the heading. */
  tabs?: boolean;
  /** The height of the search or filter bar. */
  tools?: string;
  /** A button in the heading. */
  create?: boolean;
  /** The height of a row. */
  row?: string;
};

/** A heading, perhaps tabs and a bar, and rows in a box. */
function FramedList({ tabs, tools, create, row }: FramedListProps) {
  return (
    <>
      <Heading>{create && <Box className="h-8 w-32" />}</Heading>
      <div className="page-x">
        {tabs && <div className="h-10 border-b touch:h-11" />}
        {tools && (
          <div className={tools}>
            <Box className="h-full max-w-100" />
          </div>
        )}
        <div className="overflow-hidden rounded-card border">
          <Rows className="px-3" row={row} />
        </div>
      </div>
    </>
  );
}

function Rows({ className, row: height = "h-(--row)" }: { className: string; row?: string }) {
  return (
    <>
      <div data-outline="head" className={cn("flex h-8 items-center border-b max-md:hidden", className)}>
        <Line bar="w-20" />
      </div>
      {ROWS.map(({ key, width }) => (
        <div
          key={key}
          data-outline="row"
          className={cn("flex items-center gap-6 border-b max-md:h-18", height, className)}
        >
          <Line className="w-24 shrink-0" bar="w-18" />
          <Line className="w-40 shrink-0 max-md:hidden" bar="w-32" />
          <div className="min-w-0 flex-1">
            <div className="h-2.5 rounded-badge bg-muted" style={{ width: `${width}%` }} />
          </div>
          <Line className="w-28 shrink-0 max-md:hidden" bar="w-24" />
        </div>
      ))}
    </>
  );
}

function ObjectPage() {
  return (
    <>
      <Heading>
        <Box className="h-8 w-24" />
        <Box className="h-8 w-28 max-md:hidden" />
      </Heading>
      <div className="page-x max-w-[calc(1280px+2*var(--gutter))]">
        <div className="grid h-16 grid-cols-4 items-center gap-6 max-md:grid-cols-2">
          {LENGTHS.slice(0, 4).map((length) => (
            <Line key={length} bar="w-32" />
          ))}
        </div>
        <Box className="mt-2 h-28 rounded-card" />
        <div className="mt-6 grid grid-cols-[280px_minmax(0,1fr)] gap-6 max-md:grid-cols-1">
          <Box className="h-80 rounded-card" />
          <Box className="h-80 rounded-card bg-surface" />
        </div>
      </div>
    </>
  );
}

function Figures() {
  return (
    <>
      <Heading>
        <Box className="h-7 w-48" />
      </Heading>
      <div className="page-x grid gap-8">
        <div className="grid grid-cols-5 gap-3 max-lg:grid-cols-2">
          {LENGTHS.slice(0, 5).map((length) => (
            <Box key={length} className="h-24 rounded-card" />
          ))}
        </div>
        <Box className="h-60 rounded-card" />
        <Box className="h-60 rounded-card" />
      </div>
    </>
  );
}

function FormPage() {
  return (
    <>
      <Heading />
      <div className="page-x grid max-w-[calc(640px+2*var(--gutter))] gap-5">
        {LENGTHS.slice(0, 4).map((length) => (
          <div key={length} className="grid gap-1.5">
            <Line className="h-5" bar="w-28" />
            <Box className="h-8 touch:h-11" />
          </div>
        ))}
      </div>
    </>
  );
}
