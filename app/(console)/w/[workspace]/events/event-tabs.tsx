import { LinkTabs } from "@/components/ui/link-tabs";

/** What was accepted, and what was refused. */
export function EventTabs({ slug, refused }: { slug: string; refused: number }) {
  const path = `/w/${slug}/events`;
  return (
    <LinkTabs
      label="Events"
      tabs={[
        { href: path, label: "Accepted" },
        { href: `${path}/refused`, label: "Refused calls", count: refused },
      ]}
    />
  );
}
