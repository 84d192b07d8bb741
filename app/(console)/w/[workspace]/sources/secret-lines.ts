import type { SecretLine } from "@/components/sources/source-secrets";
import { fullTime } from "@/components/ui/format-time";
import { readerZone } from "@/components/ui/time";
import type { SourceDetail } from "@/lib/sources/queries.ts";

/** A source's secrets as its pages list them. `endBase`: where ending one is asked for; null where nobody may. */
export async function secretLines({ secrets }: SourceDetail, endBase: string | null): Promise<SecretLine[]> {
  const zone = await readerZone();
  return secrets.map(({ id, ending, expiresAt }) => ({
    id,
    ending,
    note: expiresAt ? `ends ${fullTime(expiresAt, zone)}` : "",
    endHref: endBase && `${endBase}?dialog=end-secret&secret=${id}`,
  }));
}
