ALTER TABLE `users` ADD `join_number` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `users` SET `join_number` = `ranked`.`n` FROM (SELECT `id`, row_number() OVER (ORDER BY `created_at`, `rowid`) AS `n` FROM `users`) AS `ranked` WHERE `users`.`id` = `ranked`.`id`;--> statement-breakpoint
CREATE UNIQUE INDEX `users_join_number` ON `users` (`join_number`);
