import type { Metadata } from "next";
import { LinkButton } from "@/components/ui/button";
import { Wordmark } from "@/components/ui/mark";
import { ProblemPage } from "@/components/ui/problem-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main>
      <Wordmark className="page-x pt-6" />
      <ProblemPage
        title="There is nothing at this address"
        actions={<LinkButton href="/">Go to your workspace</LinkButton>}
      >
        <p>It may have been deleted, or it belongs to a workspace that you are not a member of.</p>
      </ProblemPage>
    </main>
  );
}
