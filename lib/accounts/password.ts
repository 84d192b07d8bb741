import { hash, verify } from "@node-rs/argon2";

const ARGON2ID = 2;
/** OWASP's minimum for argon2id: 19 MiB, two passes. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Compared with when there is no such person, so that both answers cost the same. Made with the parameters above. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$Af0xiVy4qpHhCx+kmqBDbw$KsxzdgAo07ANWv/eQz5WObam5Mzab0tyxdiJUqz8ZGM";

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), PARAMETERS);
}

/** Always exactly one argon2 computation, for unknown people (`null`) as well. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? NOBODYS_HASH, password.normalize("NFKC"));
  return passwordHash !== null && matches;
}
export type VerifyPassword = typeof verifyPassword;
