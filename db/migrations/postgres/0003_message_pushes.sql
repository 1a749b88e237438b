ALTER TABLE "members" ADD COLUMN "messages_muted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "push_devices" ADD COLUMN "shows_text" boolean DEFAULT true NOT NULL;