import { randomUUID } from "node:crypto";
import { problem, refusal } from "@/lib/api/problem.ts";
import { answerApi } from "@/lib/api/router.ts";
import { errorFields, log } from "@/lib/log.ts";
import { callerOf } from "@/lib/web/caller.ts";

/** Every call of the REST API. Posting events never comes here: the server's own door takes it. */
async function handle(request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    return await answerApi(request, { requestId, address: callerOf(request.headers).address });
  } catch (error) {
    log("error", "api", { ...errorFields(error), requestId });
    const body = problem(
      refusal("internal", "Something went wrong on our side; the log has it by the request id"),
      requestId,
    );
    return Response.json(body, { status: body.status, headers: { "content-type": "application/problem+json" } });
  }
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
