import { redirect } from "next/navigation";
import { loadSource } from "../load";

type Props = { params: Promise<{ workspace: string; source: string }> };

/** A source's requests are its inbox. */
export default async function RequestsPage({ params }: Props) {
  const { workspace, source } = await params;
  await loadSource(workspace, source);
  redirect(`/w/${workspace}/sources/${source}`);
}
