CREATE TABLE `call_log` (
	`user_id` text NOT NULL,
	`seq` integer NOT NULL,
	`call_id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`missed_at` integer,
	PRIMARY KEY(`user_id`, `seq`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`seq`) REFERENCES `messages`(`seq`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `call_log_missed` ON `call_log` (`user_id`,`missed_at`) WHERE "call_log"."missed_at" is not null;--> statement-breakpoint
CREATE INDEX `call_log_missed_page` ON `call_log` (`user_id`,`seq`) WHERE "call_log"."missed_at" is not null;--> statement-breakpoint
CREATE INDEX `call_log_missed_in` ON `call_log` (`user_id`,`conversation_id`,`seq`) WHERE "call_log"."missed_at" is not null;--> statement-breakpoint
CREATE TABLE `outcome_totals` (
	`kind` text NOT NULL,
	`outcome` text NOT NULL,
	`total` integer NOT NULL,
	PRIMARY KEY(`kind`, `outcome`)
);
--> statement-breakpoint
DROP INDEX `rings_user`;--> statement-breakpoint
DROP INDEX `rings_one_running`;--> statement-breakpoint
CREATE INDEX `rings_pair` ON `rings` (`user_id`,`ringer_id`,`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `rings_one_running` ON `rings` (`user_id`,`call_id`) WHERE "rings"."state" = 'ringing';--> statement-breakpoint
DROP INDEX `messages_call_entry`;--> statement-breakpoint
CREATE INDEX `messages_shown` ON `messages` (`conversation_id`,`seq`) WHERE "messages"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `messages_unread` ON `messages` (`conversation_id`,`seq`,`author_id`) WHERE "messages"."call_id" is null and "messages"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `messages_author` ON `messages` (`conversation_id`,`author_id`) WHERE "messages"."call_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_call_entry` ON `messages` (`call_id`) WHERE "messages"."call_id" is not null;--> statement-breakpoint
INSERT INTO `call_log` (`user_id`, `seq`, `call_id`, `conversation_id`, `missed_at`)
WITH `involved` AS (
	SELECT `call_id`, `user_id`, 0 AS `entered`, `state` IN ('accepted', 'declined') AS `answered` FROM `rings` WHERE `state` <> 'not_allowed'
	UNION ALL
	SELECT `call_id`, `user_id`, 1, 0 FROM `participations`
)
SELECT `involved`.`user_id`, `messages`.`seq`, `calls`.`id`, `calls`.`conversation_id`,
	CASE WHEN `calls`.`status` = 'ended' AND max(`entered`) = 0 AND max(`answered`) = 0 THEN coalesce(`calls`.`ended_at`, `calls`.`created_at`) END
FROM `involved`
JOIN `calls` ON `calls`.`id` = `involved`.`call_id`
JOIN `messages` ON `messages`.`call_id` = `calls`.`id`
GROUP BY `calls`.`id`, `involved`.`user_id`;--> statement-breakpoint
INSERT INTO `outcome_totals` (`kind`, `outcome`, `total`)
SELECT 'call', `end_reason`, count(*) FROM `calls` WHERE `end_reason` IS NOT NULL GROUP BY `end_reason`;--> statement-breakpoint
INSERT INTO `outcome_totals` (`kind`, `outcome`, `total`)
SELECT 'ring', `state`, count(*) FROM `rings` WHERE `state` <> 'ringing' GROUP BY `state`;
