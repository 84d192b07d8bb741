import type { ReactNode } from "react";
import { Page, PageHeader } from "@/components/ui/page";

/** Things to try that leave no figure behind. */
export default function PlaygroundLayout({ children }: { children: ReactNode }) {
  return (
    <Page width="detail">
      <PageHeader title="Playground" count="Nothing here counts in any figure, unless it says so." />
      {children}
    </Page>
  );
}
