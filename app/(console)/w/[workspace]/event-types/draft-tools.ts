import type { DraftTools } from "@/components/event-types/draft";
import { checkDraftAction, exampleOfSchemaAction, schemaOfEventsAction, schemaOfExampleAction } from "./draft-actions";

export const DRAFT_TOOLS: DraftTools = {
  check: checkDraftAction,
  schemaOfEvents: schemaOfEventsAction,
  schemaOfExample: schemaOfExampleAction,
  exampleOfSchema: exampleOfSchemaAction,
};
