UPDATE `conversations` SET `revision` = (SELECT `revision` FROM `community`);--> statement-breakpoint
UPDATE `calls` SET `revision` = (SELECT `revision` FROM `community`) WHERE `status` <> 'ended';--> statement-breakpoint
ALTER TABLE `community` DROP COLUMN `revision`;
