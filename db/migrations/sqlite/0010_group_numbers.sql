ALTER TABLE `conversations` ADD `group_number` integer;--> statement-breakpoint
UPDATE `conversations` SET `group_number` = `ranked`.`n` FROM (SELECT `id`, row_number() OVER (ORDER BY `created_at`, `rowid`) AS `n` FROM `conversations` WHERE `kind` = 'group') AS `ranked` WHERE `conversations`.`id` = `ranked`.`id`;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_group_number` ON `conversations` (`group_number`);
