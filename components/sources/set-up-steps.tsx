import type { ReactNode } from "react";
import { Step } from "@/components/get-started/steps";
import { CodeBlock } from "@/components/ui/code-block";
import type { SetUpStep } from "@/lib/sources/set-up-steps.ts";

type SetUpStepsProps = {
  steps: SetUpStep[];
  hasSecret: boolean;
  hasRequest: boolean;
  /** Stands in the step in which the secret changes hands. */
  secret: ReactNode;
  /** Stands in the last step. */
  waiting: ReactNode;
};

/** What is left to do at the provider; a tick where the data shows that it was done. */
export function SetUpSteps({ steps, hasSecret, hasRequest, secret, waiting }: SetUpStepsProps) {
  const isDone = (step: SetUpStep) => hasRequest || (step.secret === true && hasSecret);
  const current = steps.findIndex((step) => !isDone(step));
  return (
    <ol className="rounded-card border">
      {steps.map((step, index) => (
        <Step key={step.title} number={index + 1} title={step.title} done={isDone(step)} current={index === current}>
          {step.text && <p className="max-w-160 text-fg-2 text-sm">{step.text}</p>}
          {step.code && <CodeBlock label="Terminal" code={step.code} className="mt-2" />}
          {step.secret && <div className="mt-3 max-w-160">{secret}</div>}
        </Step>
      ))}
      <Step
        number={steps.length + 1}
        title="The first request"
        done={hasRequest}
        current={current === -1 && !hasRequest}
        result={
          <span role="status" className="inline-flex items-center gap-2 text-fg-2 text-sm">
            {waiting}
          </span>
        }
      />
    </ol>
  );
}
