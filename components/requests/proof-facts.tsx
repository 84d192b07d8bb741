import type { ReactNode } from "react";
import { formatBytes } from "@/components/ui/format";
import type { ReceivedProof } from "@/lib/sources/received-proof.ts";

/** What came as the proof and what it was held against. What would have been right is nowhere. */
export function ProofFacts({ proof }: { proof: ReceivedProof }) {
  const { received, signed, skewSeconds, allowedSeconds } = proof;
  if (received.length === 0) return null;
  return (
    <dl
      aria-label="Proof"
      className="mt-3 grid grid-cols-[128px_minmax(0,1fr)] rounded-card border text-sm max-md:grid-cols-[96px_minmax(0,1fr)]"
    >
      {received.map(({ header, value }, index) => (
        <Row key={header} name={index === 0 ? "Received" : ""}>
          <span className="text-fg-3">{header}: </span>
          <span className="[overflow-wrap:anywhere]">{value}</span>
        </Row>
      ))}
      {signed && (
        <Row name="Signed text">
          <span className="[overflow-wrap:anywhere]">{signed.begins}</span>{" "}
          <span className="font-sans text-fg-2">
            {formatBytes(signed.bytes)}, {signed.what}
          </span>
        </Row>
      )}
      {skewSeconds !== null && (
        <Row name="Clock skew">
          {skewSeconds} s, allowed {allowedSeconds} s
        </Row>
      )}
    </dl>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="col-span-2 grid grid-cols-subgrid border-b px-3 py-1.5 last:border-b-0">
      <dt className="text-fg-2">{name}</dt>
      <dd className="mono min-w-0">{children}</dd>
    </div>
  );
}
