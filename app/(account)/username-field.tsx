import { TextField } from '../_ui/text-field';

/** Where somebody types who they are: the first thing on the page. */
export function UsernameField({ value, onText }: { value: string; onText: (text: string) => void }) {
  return (
    <TextField
      label="Username"
      name="username"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      value={value}
      onText={onText}
    />
  );
}
