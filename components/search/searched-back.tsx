import Link from "next/link";
import { calendarDay, clockMinute } from "@/components/ui/format-time";
import { Pending } from "@/components/ui/pending";

type SearchedBackProps = { to: Date; zone: string /** The list from there on. */; href: string };

/** How far back a search came in its time, and the way on: `Searched back to 14:02 · go on`. */
export function SearchedBack({ to, zone, href }: SearchedBackProps) {
  return (
    <span className="whitespace-nowrap">
      Searched back to {calendarDay(to, zone)} {clockMinute(to, zone)} ·{" "}
      <Link href={href} prefetch={false} className="link">
        go on
        <Pending />
      </Link>
    </span>
  );
}
