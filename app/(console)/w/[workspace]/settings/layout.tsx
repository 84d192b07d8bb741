import type { ReactNode } from "react";
import { LinkTabs } from "@/components/ui/link-tabs";

type Props = { params: Promise<{ workspace: string }>; children: ReactNode };

export default async function SettingsLayout({ params, children }: Props) {
  const base = `/w/${(await params).workspace}/settings`;
  const tabs = [
    { href: base, label: "General" },
    { href: `${base}/api-keys`, label: "API keys" },
    { href: `${base}/team`, label: "Team" },
    { href: `${base}/audit-log`, label: "Audit log" },
    { href: `${base}/security`, label: "Security" },
    { href: `${base}/preferences`, label: "Preferences" },
  ];
  return (
    <>
      <LinkTabs tabs={tabs} label="Settings" className="px-(--gutter)" />
      {children}
    </>
  );
}
