const undo = new Set<() => void>();

/** What must not outlive this process, however it ends: undone at its end, unless that was done already. */
export function leftover(remove: () => void): () => void {
  undo.add(remove);
  return () => undo.delete(remove);
}

process.on("exit", () => {
  for (const remove of [...undo].reverse()) remove();
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

/** Ends a process that may be gone already. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
