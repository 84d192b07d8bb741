import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { ProblemPage } from "@/components/ui/problem-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <ProblemPage
      title="There is nothing at this address"
      actions={<LinkButton href="/">Go to your workspace</LinkButton>}
    >
      <p>
        It may have been deleted, passed its retention time, or belong to another workspace. Paste an ID into the search
        box above to look for it.
      </p>
    </ProblemPage>
  );
}
