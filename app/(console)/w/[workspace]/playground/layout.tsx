import type { ReactNode } from "react";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Page, PageHeader } from "@/components/ui/page";

type Props = { children: ReactNode; params: Promise<{ workspace: string }> };

/** Things to try that leave no figure behind: a call, a signature, a receiver. */
export default async function PlaygroundLayout({ children, params }: Props) {
  const base = `/w/${(await params).workspace}/playground`;
  return (
    <Page width="detail">
      <PageHeader title="Playground" count="Nothing here counts in any figure, unless it says so." />
      <LinkTabs
        label="Playground"
        tabs={[
          { href: base, label: "Send" },
          { href: `${base}/signature`, label: "Signature" },
          { href: `${base}/receiver`, label: "Receiver" },
        ]}
      />
      {children}
    </Page>
  );
}
