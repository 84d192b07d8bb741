/** A path on this site, for going back to after signing in; anything that could lead elsewhere becomes `/`. */
export function safePath(path: string | null | undefined): string {
  if (!path || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return "/";
  return path;
}
