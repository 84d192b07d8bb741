import type { Again } from "./accept-again.ts";

const count = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** `5 verified and went on, 1 still does not verify.` */
export function againWords({ accepted, duplicates, refused, failed }: Again): string {
  const parts = [
    accepted > 0 && `${count(accepted)} verified and went on`,
    duplicates > 0 && `${count(duplicates)} had come again in the meantime`,
    refused > 0 && `${count(refused)} still ${refused === 1 ? "does" : "do"} not verify`,
    failed > 0 && `${count(failed)} could not be stored: try again`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `${parts.join(", ")}.` : "Nothing was left to verify.";
}
