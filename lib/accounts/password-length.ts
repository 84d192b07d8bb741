export const MIN_PASSWORD_LENGTH = 10;
/** Argon2 takes any length, but a megabyte of password is an attack. */
export const MAX_PASSWORD_LENGTH = 200;
