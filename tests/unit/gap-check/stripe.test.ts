import { expect, test } from "vitest";
import { typeFilter } from "../../../lib/gap-check/stripe.ts";

test.each([
  ["", "anything.at_all", true],
  [" \n", "anything.at_all", true],
  ["*", "anything.at_all", true],
  ["invoice.paid", "invoice.paid", true],
  ["invoice.paid", "invoice.paid_late", false],
  ["invoice.*", "invoice.paid", true],
  ["invoice.*", "invoiceitem.created", false],
  ["charge.refunded,invoice.*", "invoice.paid", true],
  ["charge.refunded\ninvoice.paid", "charge.refunded", true],
  ["charge.refunded", "charge.succeeded", false],
])("a webhook for %j is for %s: %s", (types, type, wanted) => {
  expect(typeFilter(types)(type)).toBe(wanted);
});
