CREATE TABLE "reverification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"up_to" uuid NOT NULL,
	"looked_to" uuid,
	"total" integer NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"asked_by" text NOT NULL,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reverification" ADD CONSTRAINT "reverification_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reverification" ADD CONSTRAINT "reverification_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "reverification_open" ON "reverification" USING btree ("source_id") WHERE "reverification"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "reverification_source" ON "reverification" USING btree ("source_id","id");