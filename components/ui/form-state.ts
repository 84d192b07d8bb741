/** What a form's action answers. Only non-secret fields travel back in `values`. */
export type FormState =
  | { status: "idle" }
  | { status: "invalid"; errors: Record<string, string[] | undefined>; values: Record<string, string | string[]> }
  | { status: "done"; message: string; data?: Record<string, string> };

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;
