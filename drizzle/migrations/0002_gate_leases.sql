CREATE TABLE "lease" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "next_trigger" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "next_actor" text;