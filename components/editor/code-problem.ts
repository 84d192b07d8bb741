/** Something wrong in a text, where it is: lines and columns count from 1. */
export type CodeProblem = { line: number; column?: number; message: string };
