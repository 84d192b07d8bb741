"use client";

import Form from "next/form";
import { type ComponentProps, type FormEvent, useEffect, useRef } from "react";

/** How long typing rests before the list is asked for again. */
const REST_MS = 300;

/** A GET form that sends itself: ticked boxes at once, typed text when it rests. Without JavaScript Enter sends it. */
export function AutoSubmit({
  action,
  children,
  className,
}: Pick<ComponentProps<typeof Form>, "children" | "className"> & { action: string }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = ({ target, currentTarget: form }: FormEvent<HTMLFormElement>) => {
    clearTimeout(timer.current);
    const typed = target instanceof HTMLInputElement && target.type === "search";
    timer.current = setTimeout(() => form.requestSubmit(), typed ? REST_MS : 0);
  };
  return (
    <Form action={action} replace scroll={false} onInput={send} className={className}>
      {children}
    </Form>
  );
}
