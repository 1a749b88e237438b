ALTER TABLE `rings` ADD `silent_client_id` text;--> statement-breakpoint
ALTER TABLE `rings` ADD `early_client_id` text;--> statement-breakpoint
ALTER TABLE `rings` ADD `early_sign_in_id` text;--> statement-breakpoint
CREATE INDEX `rings_early` ON `rings` (`early_sign_in_id`) WHERE "rings"."early_sign_in_id" is not null;