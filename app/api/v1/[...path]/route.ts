import { randomUUID } from "node:crypto";
import { answerApi } from "@/lib/api/router.ts";
import { callerOf } from "@/lib/web/caller.ts";

/** Every call of the REST API. Posting events never comes here: the server's own door takes it. */
function handle(request: Request): Promise<Response> {
  return answerApi(request, { requestId: randomUUID(), address: callerOf(request.headers).address });
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
