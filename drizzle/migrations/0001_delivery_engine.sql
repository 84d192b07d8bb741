DROP INDEX "delivery_parked";--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "method" text DEFAULT 'POST' NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "authentication" "bytea";--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "client_certificate" "bytea";--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "signature" text DEFAULT 'hmac' NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "filter" text;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "transformation" text;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "max_age_seconds" integer;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "rate_limit" double precision;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "rate_burst" integer;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "max_in_flight" integer;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "ordering" text DEFAULT 'best_effort' NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "batch_size" integer;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "batch_seconds" integer;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "circuit" text DEFAULT 'closed' NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "circuit_reason" text;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "circuit_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "probe_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "failed_probes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "failures_in_a_row" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "window_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "window_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "window_failed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "slowed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "crowded_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "tokens" double precision;--> statement-breakpoint
ALTER TABLE "endpoint_state" ADD COLUMN "tokens_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "event_type" ADD COLUMN "retry_schedule" integer[];--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "batch_id" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "released" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "lane" text;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "ordering_key" text;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "deliver_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "delivery_gate" ON "delivery" USING btree ("endpoint_id","parked",coalesce("lane", ''),"id") WHERE "delivery"."parked" or "delivery"."released";