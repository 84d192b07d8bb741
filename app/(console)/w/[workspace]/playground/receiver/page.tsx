import type { Metadata } from "next";
import { KeepFresh } from "@/components/get-started/keep-fresh";
import { AnswerForm } from "@/components/playground/answer-form";
import { PresetList } from "@/components/playground/preset-list";
import { ReceivedCalls } from "@/components/playground/received-calls";
import { ReceiverEvents } from "@/components/playground/receiver-events";
import { Section } from "@/components/ui/card";
import { readerZone } from "@/components/ui/time";
import { DEMO_EVENT_TYPE } from "@/lib/get-started/demo.ts";
import { ALWAYS_OK, presetOf } from "@/lib/receiver/answer.ts";
import { MOST_DEMO_EVENTS } from "@/lib/receiver/input.ts";
import { findReceiver, listReceivedCalls } from "@/lib/receiver/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can, leastRoleFor } from "@/lib/workspaces/roles.ts";
import { choosePresetAction, sendDemoEventsAction, setAnswerAction, subscribeAction } from "./actions";

export const metadata: Metadata = { title: "Receiver" };

/** How soon it looks again for calls that have come in. */
const LOOK_EVERY_MS = 2_000;

type Props = { params: Promise<{ workspace: string }> };

export default async function ReceiverPage({ params }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const { id, slug } = workspace;
  const receiver = await findReceiver(id);
  const [calls, zone] = await Promise.all([receiver ? listReceivedCalls(id, receiver.id) : [], readerZone()]);
  const answer = receiver?.answer ?? ALWAYS_OK;
  const mayConfigure = can(role, "configure");

  return (
    <div className="grid grid-cols-[minmax(0,400px)_minmax(0,1fr)] items-start gap-x-8 max-lg:grid-cols-1">
      <KeepFresh everyMs={LOOK_EVERY_MS} />
      <div>
        <Section title="How it answers" className="mt-5">
          <PresetList
            slug={slug}
            chosen={presetOf(answer)}
            action={mayConfigure ? choosePresetAction : null}
            needs={leastRoleFor("configure")}
          />
          {mayConfigure && <AnswerForm slug={slug} answer={answer} action={setAnswerAction} />}
        </Section>
        <ReceiverEvents
          slug={slug}
          receiver={receiver}
          demoType={DEMO_EVENT_TYPE}
          mostEvents={MOST_DEMO_EVENTS}
          send={can(role, "send") ? sendDemoEventsAction : null}
          subscribe={mayConfigure ? subscribeAction : null}
        />
      </div>
      <Section title="What it got" className="mt-5">
        <ReceivedCalls calls={calls} zone={zone} />
      </Section>
    </div>
  );
}
