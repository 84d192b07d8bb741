import Link from "next/link";
import { Pending } from "@/components/ui/pending";
import type { ProviderName } from "@/lib/providers/names.ts";
import { ProviderMark } from "./provider-mark";

export type Tile = { name: ProviderName; label: string; how: string };

/** Who will call, a tile each; links, so that it works without scripts. */
export function ProviderTiles({ groups, base }: { groups: { title: string; tiles: Tile[] }[]; base: string }) {
  return groups.map(({ title, tiles }) => (
    <section key={title} className="mb-6">
      <h2 className="mb-2 text-lg">{title}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(13.75rem,100%),1fr))] gap-2">
        {tiles.map(({ name, label, how }) => (
          <li key={name}>
            <Link
              href={`${base}?provider=${name}`}
              className="relative flex min-h-14 items-center gap-3 rounded-card border px-3 py-2 hover:bg-hover"
            >
              <ProviderMark provider={name} className="size-8" />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="block font-medium text-sm">{label}</span>
                <span className="block text-fg-2 text-xs">{how}</span>
              </span>
              <Pending />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ));
}
