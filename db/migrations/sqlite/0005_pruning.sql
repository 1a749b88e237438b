CREATE INDEX `call_triggers_happened` ON `call_triggers` (`happened_at`);--> statement-breakpoint
CREATE INDEX `sign_ins_created` ON `sign_ins` (`created_at`);--> statement-breakpoint
CREATE INDEX `sign_ins_revoked` ON `sign_ins` (`revoked_at`) WHERE "sign_ins"."revoked_at" is not null;