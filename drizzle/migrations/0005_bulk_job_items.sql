CREATE TABLE "bulk_job_endpoint" (
	"job_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	"open" integer DEFAULT 0 NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"retrying" integer DEFAULT 0 NOT NULL,
	"discarded" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"tokens" real,
	"tokens_at" timestamp with time zone,
	CONSTRAINT "bulk_job_endpoint_job_id_endpoint_id_pk" PRIMARY KEY("job_id","endpoint_id")
);
--> statement-breakpoint
ALTER TABLE "bulk_job" ADD COLUMN "run_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulk_job" ADD COLUMN "over_before" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_job_item" ADD COLUMN "event_id" uuid;--> statement-breakpoint
ALTER TABLE "bulk_job_item" ADD COLUMN "state" text DEFAULT 'waiting' NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_job_item" ADD COLUMN "status_before" text;--> statement-breakpoint
ALTER TABLE "bulk_job_item" ADD COLUMN "reason_before" text;--> statement-breakpoint
ALTER TABLE "bulk_job_item" ADD COLUMN "finished_before" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulk_job_endpoint" ADD CONSTRAINT "bulk_job_endpoint_job_id_bulk_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."bulk_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_job_endpoint_unfinished" ON "bulk_job_endpoint" USING btree ("job_id") WHERE "bulk_job_endpoint"."waiting" + "bulk_job_endpoint"."open" > 0;--> statement-breakpoint
CREATE INDEX "bulk_job_item_unfinished" ON "bulk_job_item" USING btree ("job_id","endpoint_id","state","delivery_id") WHERE "bulk_job_item"."state" in ('waiting', 'open');--> statement-breakpoint
ALTER TABLE "bulk_job" DROP COLUMN "queued";--> statement-breakpoint
ALTER TABLE "bulk_job" DROP COLUMN "skipped";--> statement-breakpoint
ALTER TABLE "bulk_job" DROP COLUMN "stop_requested_at";