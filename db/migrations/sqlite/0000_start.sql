CREATE TABLE `blocks` (
	`blocker_id` text NOT NULL,
	`blocked_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`blocker_id`, `blocked_id`),
	FOREIGN KEY (`blocker_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blocked_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `blocks_blocked` ON `blocks` (`blocked_id`);--> statement-breakpoint
CREATE TABLE `call_triggers` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`call_id` text NOT NULL,
	`trigger` text NOT NULL,
	`user_id` text,
	`outcome` text NOT NULL,
	`happened_at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `call_triggers_call` ON `call_triggers` (`call_id`);--> statement-breakpoint
CREATE TABLE `calls` (
	`id` text PRIMARY KEY NOT NULL,
	`conversation_id` text NOT NULL,
	`caller_id` text NOT NULL,
	`status` text NOT NULL,
	`end_reason` text,
	`room_name` text NOT NULL,
	`active_at` integer,
	`length_ms` integer,
	`media_lost_at` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`revision` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`caller_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calls_room_name_unique` ON `calls` (`room_name`);--> statement-breakpoint
CREATE UNIQUE INDEX `calls_one_live` ON `calls` (`conversation_id`) WHERE "calls"."status" <> 'ended';--> statement-breakpoint
CREATE INDEX `calls_conversation` ON `calls` (`conversation_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `calls_caller` ON `calls` (`caller_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `community` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`registration` text NOT NULL,
	`room_key` text NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text,
	`creator_id` text,
	`direct_pair` text,
	`created_at` integer NOT NULL,
	`last_activity_at` integer NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`creator_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_direct_pair` ON `conversations` (`direct_pair`);--> statement-breakpoint
CREATE TABLE `members` (
	`conversation_id` text NOT NULL,
	`user_id` text NOT NULL,
	`joined_at` integer NOT NULL,
	`last_read_seq` integer DEFAULT 0 NOT NULL,
	`calls_muted` integer DEFAULT false NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`conversation_id`, `user_id`),
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `members_user` ON `members` (`user_id`);--> statement-breakpoint
CREATE TABLE `messages` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`conversation_id` text NOT NULL,
	`author_id` text NOT NULL,
	`text` text NOT NULL,
	`client_message_id` text,
	`call_id` text,
	`sent_at` integer NOT NULL,
	`deleted_at` integer,
	`revision` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_id_unique` ON `messages` (`id`);--> statement-breakpoint
CREATE INDEX `messages_page` ON `messages` (`conversation_id`,`seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_repeat` ON `messages` (`author_id`,`client_message_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_call_entry` ON `messages` (`call_id`);--> statement-breakpoint
CREATE TABLE `participations` (
	`call_id` text NOT NULL,
	`user_id` text NOT NULL,
	`client_id` text NOT NULL,
	`sign_in_id` text NOT NULL,
	`state` text NOT NULL,
	`media_sid` text,
	`connect_deadline_at` integer,
	`rejoin_deadline_at` integer,
	`dropped_at` integer,
	`moving_from` text,
	`entered_at` integer NOT NULL,
	PRIMARY KEY(`call_id`, `user_id`),
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `participations_one_call` ON `participations` (`user_id`) WHERE "participations"."state" <> 'left';--> statement-breakpoint
CREATE TABLE `rings` (
	`id` text PRIMARY KEY NOT NULL,
	`call_id` text NOT NULL,
	`user_id` text NOT NULL,
	`ringer_id` text NOT NULL,
	`state` text NOT NULL,
	`is_quiet` integer DEFAULT false NOT NULL,
	`is_reached` integer DEFAULT false NOT NULL,
	`is_confirmed` integer DEFAULT false NOT NULL,
	`started_at` integer NOT NULL,
	`deadline_at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ringer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rings_call` ON `rings` (`call_id`);--> statement-breakpoint
CREATE INDEX `rings_user` ON `rings` (`user_id`);--> statement-breakpoint
CREATE INDEX `rings_limit` ON `rings` (`ringer_id`,`started_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `rings_one_running` ON `rings` (`call_id`,`user_id`) WHERE "rings"."state" = 'ringing';--> statement-breakpoint
CREATE TABLE `sign_ins` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sign_ins_user` ON `sign_ins` (`user_id`);--> statement-breakpoint
CREATE TABLE `start_requests` (
	`user_id` text NOT NULL,
	`request_id` text NOT NULL,
	`call_id` text,
	`is_cancelled` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `request_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`display_name` text NOT NULL,
	`about` text DEFAULT '' NOT NULL,
	`password_hash` text NOT NULL,
	`picture_name` text,
	`message_permission` text NOT NULL,
	`call_permission` text NOT NULL,
	`do_not_disturb` integer DEFAULT false NOT NULL,
	`is_operator` integer DEFAULT false NOT NULL,
	`suspended_at` integer,
	`missed_calls_seen_at` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`received_at` integer NOT NULL
);
