import { z } from "zod";
import { endpointTarget } from "../endpoints/forms.ts";
import { endpointInput } from "../endpoints/input.ts";

const { url, headers, timeoutSeconds, expectedStatuses, format, method, authentication, clientCertificate, signature } =
  endpointInput.shape;

/** As much of an endpoint's form as decides how it is called; `endpoint` for one that is there already. */
export const verifyInput = z.object({
  endpoint: endpointTarget.shape.endpoint.optional(),
  ...{ url, headers, timeoutSeconds, expectedStatuses, format, method, authentication, clientCertificate, signature },
});
export type VerifyInput = z.infer<typeof verifyInput>;
