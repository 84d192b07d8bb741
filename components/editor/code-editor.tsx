"use client";

import { clsx } from "clsx";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Field, useControl } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { CodeProblem } from "./code-problem";
import type { CodeView } from "./codemirror";

type CodeEditorProps = {
  name: string;
  label: string;
  /** The text it starts with. */
  value: string;
  language: "json" | "javascript";
  rows: number;
  hint?: ReactNode;
  optional?: boolean;
  placeholder?: string;
  onChange?: (text: string) => void;
  /** What is wrong and where, as somebody else found it; whether JSON is JSON the box sees by itself. */
  problems?: CodeProblem[];
  /** A text to take over in place of the present one; undo brings that back. Each object counts once. */
  replacement?: { text: string } | null;
  /** Buttons over the box, such as what fills it. */
  tools?: ReactNode;
  below?: ReactNode;
  className?: string;
};

/** A text field for code. It is a plain textarea, sent with its form; where scripts run it becomes an editor. */
export function CodeEditor({ name, label, hint, optional, tools, below, className, ...box }: CodeEditorProps) {
  return (
    <Field name={name} label={label} hint={hint} optional={optional} className={className}>
      {tools}
      <CodeBox label={label} {...box} />
      {below}
    </Field>
  );
}

type CodeBoxProps = Omit<CodeEditorProps, "name" | "hint" | "optional" | "tools" | "below" | "className">;

/** The lines, and the space above and below them. */
const heightOf = (rows: number) => `calc(${rows} * 1.25rem + 14px)`;

function CodeBox({ label, value, language, rows, placeholder, onChange, problems, replacement }: CodeBoxProps) {
  const control = useControl({});
  const { id = "", "aria-describedby": describedBy, "aria-invalid": invalid } = control.props;
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const code = useRef<CodeView>(null);
  /** Where somebody was typing when the editor came. */
  const caret = useRef<number>(null);
  const [mounted, setMounted] = useState(false);
  const latest = useRef({ onChange, problems });
  useEffect(() => {
    latest.current = { onChange, problems };
  });

  useEffect(() => {
    const [textarea, parent] = [area.current, host.current];
    if (!textarea || !parent) return;
    let gone = false;
    const become = async () => {
      forget();
      const { mountCode } = await import("./codemirror");
      const view = await mountCode({
        parent,
        text: textarea.value,
        label,
        language,
        placeholder,
        onChange: (text) => {
          // The form around it hears what it would have heard of the text field.
          if (area.current?.value !== text) type(area.current, text);
          latest.current.onChange?.(text);
        },
      });
      if (gone) return view.destroy();
      code.current = view;
      view.setText(textarea.value);
      view.setProblems(latest.current.problems ?? []);
      caret.current = document.activeElement === textarea ? textarea.selectionStart : null;
      // At once: what is typed between this look at the text field and its end would be lost.
      flushSync(() => setMounted(true));
    };
    const forget = whenNeeded(textarea, become);
    return () => {
      gone = true;
      forget();
      code.current?.destroy();
      code.current = null;
    };
  }, [label, language, placeholder]);

  useLayoutEffect(() => {
    if (!mounted || !area.current || !code.current) return;
    area.current.value = code.current.view.state.doc.toString();
    // It was made out of sight, where lines have no height.
    code.current.view.requestMeasure();
    if (caret.current !== null) takeFocus(code.current, caret.current);
  }, [mounted]);

  useEffect(() => {
    if (mounted) code.current?.setAttributes(attributesOf(id, describedBy, Boolean(invalid)));
  }, [mounted, id, describedBy, invalid]);

  useEffect(() => code.current?.setProblems(problems ?? []), [problems]);

  useEffect(() => {
    if (!replacement) return;
    if (code.current) code.current.setText(replacement.text);
    else type(area.current, replacement.text);
  }, [replacement]);

  useFollowedForm(area, code, id, mounted);

  return (
    <>
      {/* First, so that a form finds it before the hidden text when it looks for what is wrong. */}
      <div
        ref={host}
        hidden={!mounted}
        data-invalid={invalid}
        className="resize-y overflow-hidden rounded-control border border-control bg-bg focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-ring data-invalid:border-bad"
        style={{ height: heightOf(rows) }}
      />
      <Textarea
        // Another element from then on: nobody goes on holding the one that is typed into.
        key={mounted ? "sent" : "typed"}
        ref={area}
        mono
        rows={rows}
        defaultValue={value}
        placeholder={placeholder}
        autoCapitalize="off"
        onInput={({ currentTarget }) => !mounted && onChange?.(currentTarget.value)}
        // The editor answers to the label now.
        id={mounted ? `${id}-text` : id}
        hidden={mounted}
        className={clsx("leading-5", mounted && "hidden")}
        style={{ height: heightOf(rows) }}
      />
    </>
  );
}

function attributesOf(id: string, describedBy: string | undefined, invalid: boolean): Record<string, string> {
  return { id, ...(describedBy && { "aria-describedby": describedBy }), ...(invalid && { "aria-invalid": "true" }) };
}

/** What shows that somebody is at the page; a page nobody touches never loads the editor. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll"] as const;

/** In sight of somebody who is at the page, or about to be used. Returns what calls it off. */
function whenNeeded(textarea: HTMLTextAreaElement, become: () => void): () => void {
  const seen = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) become();
  });
  const watch = () => seen.observe(textarea);
  textarea.addEventListener("focus", become);
  for (const sign of SIGNS) window.addEventListener(sign, watch, { once: true, passive: true });
  return () => {
    seen.disconnect();
    textarea.removeEventListener("focus", become);
    for (const sign of SIGNS) window.removeEventListener(sign, watch);
  };
}

function takeFocus({ view }: CodeView, at: number): void {
  view.focus();
  view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) } });
}

/** As if it had been typed there. */
function type(textarea: HTMLTextAreaElement | null, text: string): void {
  if (!textarea) return;
  textarea.value = text;
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Forms are reset with the values their action sent back, and a click on the label goes to the field. */
function useFollowedForm(
  area: React.RefObject<HTMLTextAreaElement | null>,
  code: React.RefObject<CodeView | null>,
  id: string,
  mounted: boolean,
) {
  useEffect(() => {
    const textarea = area.current;
    if (!mounted || !textarea) return;
    const follow = () => requestAnimationFrame(() => code.current?.setText(textarea.value));
    const focus = () => code.current?.view.focus();
    const { form } = textarea;
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    form?.addEventListener("reset", follow);
    label?.addEventListener("click", focus);
    return () => {
      form?.removeEventListener("reset", follow);
      label?.removeEventListener("click", focus);
    };
  }, [area, code, id, mounted]);
}
