import { useText } from '../_language/text-provider';
import { TextField } from '../_ui/text-field';

/** The **Username** field, first on the page and focused. */
export function UsernameField({ value, onText }: { value: string; onText: (text: string) => void }) {
  const t = useText();
  return (
    <TextField
      label={t('account.username')}
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
