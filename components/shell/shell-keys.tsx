"use client";

import { usePathname, useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";
import { copyText } from "@/components/ui/copy-text";
import { toast } from "@/components/ui/toast";
import { useKey } from "./keys";
import { objectAt, rememberVisit } from "./palette/recent";
import { SECTIONS } from "./sections";

const KeySheet = lazy(() => import("./key-sheet").then((module) => ({ default: module.KeySheet })));

/** Fired by whatever else opens the keyboard sheet, such as a menu. */
export const OPEN_KEY_SHEET = "posthorn-key-sheet";

const CREATE: Record<string, { path: string; label: string }> = {
  endpoints: { path: "endpoints/new", label: "Create endpoint" },
  "event-types": { path: "event-types/new", label: "Create event type" },
};

type ShellKeysProps = {
  slug: string;
  user: string /** Whether this person may create endpoints and event types. */;
  creates: boolean;
};

/** The keys that every page has, the sheet that lists them, and the memory of what was looked at. */
export function ShellKeys({ slug, user, creates }: ShellKeysProps) {
  const path = usePathname();
  const router = useRouter();
  const [sheet, setSheet] = useState(false);
  const create = CREATE[path.split("/")[3] ?? ""];
  const id = /\/([a-z]{2,3}_[0-9a-z]{26})$/.exec(path)?.[1];

  useKey("?", () => setSheet(true), { label: "Keyboard shortcuts", group: "General", fallback: true });
  useKey("c", () => create && router.push(`/w/${slug}/${create.path}`), {
    label: create?.label ?? "Create",
    group: "Page",
    enabled: creates && create !== undefined,
    fallback: true,
  });
  useKey("y", () => id && copyId(id), { label: "Copy ID", group: "Page", enabled: id !== undefined, fallback: true });

  useEffect(() => {
    const open = () => setSheet(true);
    window.addEventListener(OPEN_KEY_SHEET, open);
    return () => window.removeEventListener(OPEN_KEY_SHEET, open);
  }, []);
  useEffect(() => {
    // From here on keys are heard; whoever drives the page, such as a test, can wait for it.
    document.documentElement.dataset.scripts = "on";
  }, []);
  useEffect(() => {
    const object = objectAt(path);
    const title = object && document.querySelector("h1")?.textContent;
    if (title) rememberVisit(user, { path, title, noun: object.noun });
  }, [path, user]);

  return (
    <>
      {SECTIONS.map((section) => (
        <GoKey key={section.path} slug={slug} {...section} />
      ))}
      {sheet && (
        <Suspense>
          <KeySheet preferences={`/w/${slug}/settings/preferences`} close={() => setSheet(false)} />
        </Suspense>
      )}
    </>
  );
}

async function copyId(id: string) {
  if (await copyText(id)) toast.success("ID copied");
  else toast.error("The browser did not let the ID be copied.");
}

function GoKey({ slug, path, label, letter }: { slug: string; path: string; label: string; letter: string }) {
  const router = useRouter();
  useKey(`g ${letter}`, () => router.push(`/w/${slug}/${path}`), { label, group: "Go to", fallback: true });
  return null;
}
