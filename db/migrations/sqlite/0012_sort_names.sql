ALTER TABLE `users` ADD `sort_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` (`removed_at`,`sort_name`,`id`,`username`);