"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Fieldset } from "@/components/ui/field";
import { useFormContext } from "@/components/ui/form";
import { ICON_14 } from "@/components/ui/icon-size";
import { Input } from "@/components/ui/input";

type HeaderRowsProps = {
  /** Names of the headers that are stored; their values never come back to the form. */
  names: string[];
  /** What stands for a stored value, and keeps it when it is sent back. */
  mask: string;
};

type Row = { key: number; name: string; value: string };

/** The endpoint's own headers. Without JavaScript there are two empty rows; a row left empty counts for nothing. */
export function HeaderRows({ names, mask }: HeaderRowsProps) {
  const { state } = useFormContext();
  const typed = "values" in state ? state.values["headers.name"] : undefined;
  const [rows, setRows] = useState<Row[]>(() =>
    startingRows(typed === undefined ? names : [typed].flat(), names, mask),
  );
  const change = (key: number, part: Partial<Row>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = () => setRows((before) => [...before, { key: (before.at(-1)?.key ?? 0) + 1, name: "", value: "" }]);
  return (
    <Fieldset
      name="headers"
      label="Headers"
      optional
      hint="Sent with every delivery, such as authorization. Values are encrypted and never shown again."
    >
      <ul className="grid gap-2">
        {rows.map(({ key, name, value }, index) => (
          <li key={key} className="flex gap-2">
            <Input
              mono
              name="headers.name"
              aria-label={`Name of header ${index + 1}`}
              placeholder="x-api-key"
              value={name}
              onChange={(event) => change(key, { name: event.target.value })}
              autoCapitalize="off"
            />
            <Input
              mono
              name="headers.value"
              aria-label={`Value of header ${index + 1}`}
              placeholder="value"
              value={value}
              onChange={(event) => change(key, { value: event.target.value })}
              onFocus={(event) => event.target.select()}
              autoComplete="off"
              spellCheck={false}
            />
            <IconButton
              label={`Remove header ${index + 1}`}
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
          Add header
        </Button>
      </div>
    </Fieldset>
  );
}

function startingRows(names: string[], stored: string[], mask: string): Row[] {
  const given = names.filter(Boolean);
  return [...given, "", ""].map((name, key) => ({ key, name, value: name && stored.includes(name) ? mask : "" }));
}
