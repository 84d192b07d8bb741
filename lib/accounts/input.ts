import { z } from "zod";
import { ROLES } from "../workspaces/roles.ts";
import { DENSITIES, isZone, THEMES, TIMES } from "./console-choices.ts";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "./password-length.ts";

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This is too long for an email address")
  .pipe(z.email("Enter an email address, such as mara@example.com"));

const name = z.string().trim().min(1, "Tell us your name").max(80, "At most 80 characters");

const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `At least ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_PASSWORD_LENGTH, `At most ${MAX_PASSWORD_LENGTH} characters`);

/** As it was set long ago, perhaps under another rule: only bounded. */
const knownPassword = z.string().min(1, "Enter your password").max(MAX_PASSWORD_LENGTH, "This password is too long");

export const signInInput = z.object({ email, password: knownPassword });
export type SignInInput = z.infer<typeof signInInput>;

export const signUpInput = z.object({
  name,
  email,
  password: newPassword,
  setUpToken: z.string().trim().max(100).optional(),
});
export type SignUpInput = z.infer<typeof signUpInput>;

export const passwordChangeInput = z.object({ currentPassword: knownPassword, password: newPassword });
export type PasswordChangeInput = z.infer<typeof passwordChangeInput>;

export const passwordResetInput = z.object({ token: z.string().max(100), password: newPassword });

export const invitationInput = z.object({ email, role: z.enum(ROLES, "Choose a role") });
export type InvitationInput = z.infer<typeof invitationInput>;

/** What a new person adds to an invitation; the e-mail address is the invitation's. */
export const joinInput = z.object({ token: z.string().max(100), name, password: newPassword });

export const preferencesInput = z.object({
  theme: z.enum(THEMES, "Choose a theme"),
  zone: z.string().refine(isZone, "Choose a time zone from the list"),
  times: z.enum(TIMES, "Choose how times are shown"),
  density: z.enum(DENSITIES, "Choose the height of rows"),
  keys: z.boolean(),
  patterns: z.boolean(),
});
