import type { Metadata } from "next";
import { Section } from "@/components/ui/card";
import { Field, Fieldset } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { fullTime } from "@/components/ui/format-time";
import { Checkbox, RadioGroup, Select } from "@/components/ui/input";
import { Page, PageHeader } from "@/components/ui/page";
import { SubmitButton } from "@/components/ui/submit-button";
import { readPreferences } from "@/lib/web/preferences.ts";
import { requireActor } from "@/lib/web/session.ts";
import { savePreferencesAction } from "./actions";
import { LocalZone } from "./local-zone";

export const metadata: Metadata = { title: "Preferences" };

const THEMES = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];
const TIMES = [
  { value: "clock", label: "Time of day", hint: "09:14:22.481, under the day" },
  { value: "relative", label: "How long ago", hint: "4 m ago; the exact time is one hover or focus away" },
];
const DENSITIES = [
  { value: "comfortable", label: "Comfortable", hint: "Rows of 40 px" },
  { value: "compact", label: "Compact", hint: "Rows of 32 px: a quarter more of them on a screen" },
];

export default async function PreferencesPage({ params }: { params: Promise<{ workspace: string }> }) {
  await requireActor((await params).workspace);
  const chosen = await readPreferences();
  const now = new Date();

  return (
    <Page width="form">
      <PageHeader title="Preferences" />
      <p className="text-fg-2 text-sm">How the console looks and behaves for you, in every workspace.</p>
      <ActionForm action={savePreferencesAction}>
        <Section title="Look">
          <div className="grid max-w-160 gap-5">
            <Fieldset name="theme" label="Theme">
              <RadioGroup name="theme" defaultValue={chosen.theme} options={THEMES} />
            </Fieldset>
            <Fieldset name="density" label="Rows of lists">
              <RadioGroup name="density" defaultValue={chosen.density} options={DENSITIES} />
            </Fieldset>
            <Fieldset name="patterns" label="Colour">
              <Checkbox
                name="patterns"
                defaultChecked={chosen.patterns}
                label="Distinguish without colour"
                hint="Patterns in charts and meters, links underlined, borders on everything that has a tint."
              />
            </Fieldset>
          </div>
        </Section>
        <Section title="Time">
          <div className="grid max-w-160 gap-5">
            <Field name="zone" label="Time zone" hint={`Now ${fullTime(now, chosen.zone, now)}`}>
              <Select defaultValue={chosen.zone}>
                <Zones chosen={chosen.zone} />
              </Select>
            </Field>
            <LocalZone />
            <Fieldset name="times" label="Times in lists">
              <RadioGroup name="times" defaultValue={chosen.times} options={TIMES} />
            </Fieldset>
          </div>
        </Section>
        <Section title="Keyboard">
          <Fieldset name="keys" label="Shortcuts" className="max-w-160">
            <Checkbox
              name="keys"
              defaultChecked={chosen.keys}
              label="Single keys are shortcuts"
              hint="Switch this off if you speak to your computer or press keys by accident. Shortcuts with ⌘ or Ctrl stay."
            />
          </Fieldset>
        </Section>
        <SubmitButton className="mt-6">Save preferences</SubmitButton>
      </ActionForm>
    </Page>
  );
}

/** UTC first, then every zone this server can write times in, by region. */
function Zones({ chosen }: { chosen: string }) {
  const zones = Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"));
  const regions = Map.groupBy(zones, (zone) => zone.slice(0, zone.indexOf("/")));
  return (
    <>
      <option value="UTC">UTC</option>
      {chosen !== "UTC" && !zones.includes(chosen) && <option value={chosen}>{chosen}</option>}
      {[...regions].map(([region, members]) => (
        <optgroup key={region} label={region}>
          {members
            .map((zone) => ({ zone, place: placeOf(zone) }))
            .sort((one, other) => one.place.localeCompare(other.place, "en"))
            .map(({ zone, place }) => (
              <option key={zone} value={zone}>
                {place}
              </option>
            ))}
        </optgroup>
      ))}
    </>
  );
}

/** What a place is called today, where the list of zones still has its former name. */
const TODAYS_NAMES: Record<string, string> = {
  Asmera: "Asmara",
  Calcutta: "Kolkata",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh",
  Godthab: "Nuuk",
};

function placeOf(zone: string): string {
  const place = zone.slice(zone.indexOf("/") + 1).replaceAll("_", " ");
  return TODAYS_NAMES[place] ?? place;
}
