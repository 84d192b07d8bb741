import { Fragment } from "react";
import { BodyDifference, bodyDiffers, PairTable } from "@/components/deliveries/comparison-view";
import type { RequestComparison } from "./comparison";

type Props = {
  comparison: RequestComparison;
  /** What the two columns are called. */
  left: string;
  right: string;
};

/** What differs first; what is the same is folded away. */
export function RequestComparisonView({ comparison: { facts, headers, body }, left, right }: Props) {
  const heads = { left, right };
  const parts = [
    { differs: bodyDiffers(body), part: <BodyDifference label="Body" difference={body} {...heads} /> },
    {
      differs: headers.different.length > 0,
      part: <PairTable label="Headers" {...headers} {...heads} none="No header differs." />,
    },
    {
      differs: facts.different.length > 0,
      part: <PairTable label="Facts" {...facts} {...heads} none="Verdict, answer and sender are the same." />,
    },
  ];
  return (
    <div className="grid gap-4 [&>*]:min-w-0">
      {parts
        .toSorted((one, other) => Number(other.differs) - Number(one.differs))
        .map(({ part }) => (
          <Fragment key={part.props.label}>{part}</Fragment>
        ))}
    </div>
  );
}
