import type { Metadata } from "next";
import Link from "next/link";
import { isUnfinished } from "@/components/deliveries/row-view";
import { DemoDeliveryBox } from "@/components/get-started/demo-delivery";
import { EndpointStep } from "@/components/get-started/endpoint-step";
import { KeepFresh } from "@/components/get-started/keep-fresh";
import { PostCall } from "@/components/get-started/post-step";
import { ReceiveCard } from "@/components/get-started/receive-card";
import { SendCard } from "@/components/get-started/send-card";
import { Step } from "@/components/get-started/steps";
import { WatchStep } from "@/components/get-started/watch-step";
import { pagePath } from "@/components/shell/paths";
import { Section } from "@/components/ui/card";
import { ActionForm } from "@/components/ui/form";
import { Page, PageHeader } from "@/components/ui/page";
import { SubmitButton } from "@/components/ui/submit-button";
import { readerZone } from "@/components/ui/time";
import { findDemoDelivery } from "@/lib/get-started/demo-delivery.ts";
import { findIngestKey, readProgress } from "@/lib/get-started/progress.ts";
import { KEY_PLACEHOLDER } from "@/lib/get-started/snippets.ts";
import { lastTrialOf } from "@/lib/playground/trials.ts";
import { PRESET_NAMES, PRESETS, presetOf } from "@/lib/receiver/answer.ts";
import { findReceiver } from "@/lib/receiver/queries.ts";
import { listSources } from "@/lib/sources/queries.ts";
import { requireActor } from "@/lib/web/session.ts";
import { can } from "@/lib/workspaces/roles.ts";
import { addEndpointAction, dismissAction, makeKeyAction, sendDemoAction } from "./actions";
import { snippetsFor } from "./snippets";

export const metadata: Metadata = { title: "Get started" };

/** How soon the page looks again: at a demo on its way, and for the first event of one's own. */
const DEMO_MS = 1_000;
const LISTENING_MS = 2_500;

const MODES = PRESET_NAMES.map((value) => ({ value, label: `Receiver: ${PRESETS[value].label}` }));

type Props = { params: Promise<{ workspace: string }> };

export default async function GetStartedPage({ params }: Props) {
  const { workspace, role } = await requireActor((await params).workspace);
  const { id, slug } = workspace;
  const [receiver, demo, progress, key, snippets, zone, sources] = await Promise.all([
    findReceiver(id),
    findDemoDelivery(id),
    readProgress(id),
    findIngestKey(id),
    snippetsFor(id),
    readerZone(),
    listSources(id, {}, { limit: 1 }),
  ]);
  const [source] = sources.rows;
  const { event, delivery, endpoint } = progress;
  const verified = endpoint && (await lastTrialOf(id, endpoint.id));
  const demoRuns = demo !== null && isUnfinished(demo.status);
  const listens = progress.done < progress.of || (delivery !== null && isUnfinished(delivery.status));

  return (
    <Page className="max-w-[calc(960px+2*var(--gutter))]">
      {(demoRuns || listens) && <KeepFresh everyMs={demoRuns ? DEMO_MS : LISTENING_MS} />}
      <PageHeader
        title="Get started"
        count="No server needed for the first minute."
        actions={
          !workspace.getStartedDismissedAt &&
          can(role, "configure") && (
            <ActionForm action={dismissAction} workspace={slug} feedback="toast">
              <SubmitButton variant="quiet" size="sm">
                Dismiss
              </SubmitButton>
            </ActionForm>
          )
        }
      />
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        {can(role, "send") ? (
          <SendCard
            slug={slug}
            action={sendDemoAction}
            modes={MODES}
            sentBefore={demo !== null}
            mode={receiver ? presetOf(receiver.answer) : "ok"}
          />
        ) : (
          <p className="text-fg-2 text-sm">Demo deliveries need the role developer or a higher one.</p>
        )}
        <ReceiveCard
          slug={slug}
          creates={can(role, "configure")}
          source={source ? { href: `${pagePath(slug, "src", source.id)}/set-up`, name: source.name } : null}
        />
      </div>
      {demo && <DemoDeliveryBox slug={slug} zone={zone} demo={demo} />}
      <Section title="Now with your own">
        <ol className="rounded-card border">
          <EndpointStep
            slug={slug}
            endpoint={endpoint}
            verified={verified}
            action={can(role, "configure") ? addEndpointAction : null}
          />
          <Step
            number={2}
            title="Post an event"
            done={event !== null}
            current={endpoint !== null && event === null}
            note={key && `key ph_…${key.lastFour}`}
            result={
              event && (
                <Link href={pagePath(slug, "evt", event.id)} className="link">
                  {event.type} accepted
                </Link>
              )
            }
          >
            <PostCall
              slug={slug}
              action={can(role, "keys") ? makeKeyAction : null}
              snippets={snippets}
              placeholder={KEY_PLACEHOLDER}
              lastFour={key?.lastFour ?? null}
            />
          </Step>
          <WatchStep slug={slug} progress={progress} />
        </ol>
      </Section>
    </Page>
  );
}
