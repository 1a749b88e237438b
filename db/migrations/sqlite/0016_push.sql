CREATE TABLE `push_devices` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`sign_in_id` text NOT NULL,
	`endpoint` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`server_key` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`refused_at` integer,
	`shows_text` integer DEFAULT true NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`sign_in_id`) REFERENCES `sign_ins`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_devices_sign_in` ON `push_devices` (`sign_in_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `push_devices_endpoint` ON `push_devices` (`endpoint`);--> statement-breakpoint
CREATE INDEX `push_devices_user` ON `push_devices` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `push_keys` (
	`id` integer PRIMARY KEY DEFAULT 1 NOT NULL,
	`private_key` text NOT NULL,
	`topic_secret` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `push_outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`device_id` text NOT NULL,
	`user_id` text NOT NULL,
	`sign_in_id` text NOT NULL,
	`endpoint` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`service` text NOT NULL,
	`about` text NOT NULL,
	`ring_id` text,
	`kind` text NOT NULL,
	`is_quiet` integer DEFAULT false NOT NULL,
	`is_settled` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`pass` text,
	`is_pass_used` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_outbox_about` ON `push_outbox` (`about`,`device_id`);--> statement-breakpoint
CREATE INDEX `push_outbox_device` ON `push_outbox` (`device_id`);--> statement-breakpoint
CREATE INDEX `push_outbox_due` ON `push_outbox` (`due_at`) WHERE not "push_outbox"."is_settled";--> statement-breakpoint
CREATE INDEX `push_outbox_expires` ON `push_outbox` (`expires_at`);--> statement-breakpoint
ALTER TABLE `members` ADD `messages_muted` integer DEFAULT false NOT NULL;