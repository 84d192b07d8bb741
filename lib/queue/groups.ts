import { newId } from "../ids.ts";

/** The name of a new group of jobs that are to be claimed together. It tells how many they are. */
export function newGroup(size: number): string {
  return `${size}.${newId()}`;
}

export function groupSize(group: string): number {
  const size = Number.parseInt(group, 10);
  return Number.isNaN(size) ? 1 : size;
}
