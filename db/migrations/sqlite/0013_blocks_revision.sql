ALTER TABLE `users` ADD `blocks_revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `users` SET `blocks_revision` = 1 WHERE `id` IN (SELECT `blocker_id` FROM `blocks`);
