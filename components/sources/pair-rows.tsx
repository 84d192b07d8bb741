"use client";

import { Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Fieldset } from "@/components/ui/field";
import { useFormContext } from "@/components/ui/form";
import { ICON_14 } from "@/components/ui/icon-size";
import { Input } from "@/components/ui/input";

type Column = { key: string; label: string; placeholder: string };

type PairRowsProps = {
  /** Of the list in the form; its inputs are called `name.key`. */
  name: string;
  label: string;
  hint: ReactNode;
  /** What one row is, in its buttons' names. */
  noun: string;
  columns: readonly [Column, Column];
  values: readonly (readonly [string, string])[];
};

type Row = { key: number; first: string; second: string };

/** Pairs of texts, one under the other. Without JavaScript there are two empty rows; a row left empty counts for nothing. */
export function PairRows({ name, label, hint, noun, columns: [one, two], values }: PairRowsProps) {
  const { state } = useFormContext();
  const sent = "values" in state ? state.values : null;
  const typed =
    sent && [sent[`${name}.${one.key}`] ?? [], sent[`${name}.${two.key}`] ?? []].map((list) => [list].flat());
  const given = typed ? (typed[0] ?? []).map((first, at) => [first, typed[1]?.[at] ?? ""] as const) : values;
  const [rows, setRows] = useState<Row[]>(() => startingRows(given));
  const change = (key: number, part: Partial<Row>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () => setRows((before) => [...before, { key: (before.at(-1)?.key ?? 0) + 1, first: "", second: "" }]);
  return (
    <Fieldset name={name} label={label} optional hint={hint}>
      <ul className="grid gap-2">
        {rows.map(({ key, first, second }, index) => (
          <li key={key} className="flex gap-2">
            <Input
              mono
              name={`${name}.${one.key}`}
              aria-label={`${one.label} of ${noun} ${index + 1}`}
              placeholder={one.placeholder}
              value={first}
              onChange={(event) => change(key, { first: event.target.value })}
              autoCapitalize="off"
              spellCheck={false}
            />
            <Input
              mono
              name={`${name}.${two.key}`}
              aria-label={`${two.label} of ${noun} ${index + 1}`}
              placeholder={two.placeholder}
              value={second}
              onChange={(event) => change(key, { second: event.target.value })}
              autoCapitalize="off"
              spellCheck={false}
            />
            <IconButton
              label={`Remove ${noun} ${index + 1}`}
              size="md"
              className="noscript:hidden"
              onClick={() => setRows((before) => before.filter((row) => row.key !== key))}
            >
              <Trash2 {...ICON_14} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="noscript:hidden">
        <Button size="sm" onClick={add}>
          <Plus {...ICON_14} />
          Add {noun}
        </Button>
      </div>
    </Fieldset>
  );
}

function startingRows(given: readonly (readonly [string, string])[]): Row[] {
  const filled = given.filter(([first, second]) => first || second);
  return [...filled, ["", ""], ["", ""]].map(([first = "", second = ""], key) => ({ key, first, second }));
}
