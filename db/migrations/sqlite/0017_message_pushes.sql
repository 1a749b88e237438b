ALTER TABLE `members` ADD `messages_muted` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `push_devices` ADD `shows_text` integer DEFAULT true NOT NULL;