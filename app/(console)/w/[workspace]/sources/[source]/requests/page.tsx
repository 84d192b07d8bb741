import { redirect } from "next/navigation";

type Props = { params: Promise<{ workspace: string; source: string }> };

/** A source's requests are its inbox. */
export default async function RequestsPage({ params }: Props) {
  const { workspace, source } = await params;
  redirect(`/w/${workspace}/sources/${source}`);
}
