import { publicUrl } from "../env.ts";

/**
 * Whether a changing request comes from one of our own pages. Next compares Origin with Host for server actions but lets
 * a missing Origin pass, and leaves route handlers alone; every browser sends it with a POST.
 */
export function isSameOrigin(headers: Headers, ours: string = publicUrl()): boolean {
  const origin = headers.get("origin");
  if (!origin || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === headers.get("host") || origin === new URL(ours).origin;
}
