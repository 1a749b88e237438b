CREATE TABLE `call_lines` (
	`call_id` text PRIMARY KEY NOT NULL,
	`line` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE cascade
);
