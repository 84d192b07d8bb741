import { Ban, Check, CircleX, type LucideIcon, Repeat } from "lucide-react";
import Link from "next/link";
import { Badge, type Tone } from "@/components/ui/badge";
import { formatId } from "@/lib/ids.ts";
import type { SourceFigures } from "@/lib/reports/source-figures.ts";
import type { Verdict } from "@/lib/sources/states.ts";

const LOOKS: Record<Verdict, { word: string; tone: Tone; icon: LucideIcon }> = {
  accepted: { word: "Verified", tone: "ok", icon: Check },
  duplicate: { word: "Duplicate", tone: "idle", icon: Repeat },
  refused: { word: "Refused", tone: "bad", icon: CircleX },
  unparsable: { word: "Unparsable", tone: "bad", icon: Ban },
  handshake: { word: "Handshake", tone: "idle", icon: Check },
};

/** The newest request and what was found of it, or that nothing has come yet. */
export function FirstRequest({ last, href }: { last: SourceFigures["last"]; href: string }) {
  if (!last) {
    return (
      <>
        <span
          aria-hidden="true"
          className="size-1.75 rounded-full bg-fg-2 shadow-[0_0_0_3px_color-mix(in_srgb,var(--color-fg-2)_20%,transparent)]"
        />
        Waiting for the first request…
      </>
    );
  }
  const { word, tone, icon } = LOOKS[last.verdict];
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
      <Link href={`${href}?sel=${formatId("req", last.id)}`} className="link mono">
        {last.type ?? "request"}
      </Link>
    </>
  );
}
