import type { ReactNode } from "react";
import { DiagnosisCard } from "@/components/deliveries/diagnosis-card";
import type { Diagnosis } from "@/lib/sources/diagnosis-words.ts";
import type { ReceivedProof } from "@/lib/sources/received-proof.ts";
import type { Progress } from "@/lib/sources/reverification.ts";
import { Pieces } from "./pieces";
import { ProofFacts } from "./proof-facts";
import { ReverifyProgress } from "./reverify-progress";

type QuarantineCardProps = {
  slug: string;
  diagnosis: Diagnosis;
  proof: ReceivedProof | null;
  progress: Progress | null;
  actions: ReactNode;
};

/** Why a request waits in quarantine, what that rests on, and what puts it right. */
export function QuarantineCard({ slug, diagnosis, proof, progress, actions }: QuarantineCardProps) {
  const { why, evidence, next } = diagnosis;
  return (
    <div>
      <DiagnosisCard
        why={why}
        evidence={evidence.map((pieces, index) => ({
          key: String(index),
          line: <Pieces pieces={pieces} slug={slug} />,
        }))}
        next={
          <>
            <Pieces pieces={next} slug={slug} />
            {progress && !progress.finishedAt && (
              <div className="mt-2">
                <ReverifyProgress progress={progress} />
              </div>
            )}
          </>
        }
        actions={actions}
      />
      {proof && <ProofFacts proof={proof} />}
    </div>
  );
}
