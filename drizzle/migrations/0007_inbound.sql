CREATE TABLE "gap_check" (
	"source_id" uuid PRIMARY KEY NOT NULL,
	"token" "bytea" NOT NULL,
	"subject" json DEFAULT '{}'::json NOT NULL,
	"every_minutes" integer DEFAULT 60 NOT NULL,
	"next_run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_run_at" timestamp with time zone,
	"last_error" text,
	"looked_until" timestamp with time zone,
	"checked" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "missing_request" (
	"source_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"type" text,
	"sent_at" timestamp with time zone NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'missing' NOT NULL,
	"reference" text,
	CONSTRAINT "missing_request_source_id_external_id_pk" PRIMARY KEY("source_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"headers" json NOT NULL,
	"sealed" "bytea",
	"body" "bytea",
	"body_bytes" integer NOT NULL,
	"content_type" text,
	"verdict" text NOT NULL,
	"fault" json,
	"type" text,
	"external_id" text,
	"provider_attempt" smallint,
	"event_ids" uuid[] DEFAULT '{}' NOT NULL,
	"duplicate_of" uuid,
	"remote_address" text,
	"answer_status" smallint NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" text
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE TABLE "source" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"provider" text NOT NULL,
	"token" text NOT NULL,
	"settings" json DEFAULT '{}'::json NOT NULL,
	"answer" json,
	"allow_cidrs" text[] DEFAULT '{}' NOT NULL,
	"rate_limit" double precision,
	"forward_headers" text[] DEFAULT '{}' NOT NULL,
	"type_prefix" text NOT NULL,
	"type_map" json DEFAULT '[]'::json NOT NULL,
	"customer_at" text,
	"sync_endpoint_id" uuid,
	"sync_timeout_ms" integer DEFAULT 2500 NOT NULL,
	"sync_headers" text[] DEFAULT '{}' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"status_since" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "source_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "source_secret" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"encrypted" "bytea" NOT NULL,
	"ending" text DEFAULT '' NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "source_id" uuid;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "request_id" uuid;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "forwarded" json;--> statement-breakpoint
ALTER TABLE "gap_check" ADD CONSTRAINT "gap_check_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "missing_request" ADD CONSTRAINT "missing_request_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source" ADD CONSTRAINT "source_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source" ADD CONSTRAINT "source_sync_endpoint_id_endpoint_id_fk" FOREIGN KEY ("sync_endpoint_id") REFERENCES "public"."endpoint"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_secret" ADD CONSTRAINT "source_secret_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "request_source" ON "request" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "request_workspace" ON "request" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "request_quarantine" ON "request" USING btree ("source_id","id") WHERE "request"."verdict" in ('refused', 'unparsable');--> statement-breakpoint
CREATE INDEX "source_workspace" ON "source" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "source_secret_source" ON "source_secret" USING btree ("source_id");