import { useStartCall } from '@parley/call-kit';

export function PhoneLink({ userId, name }: { userId: string; name: string }) {
  const { buttonProps, state } = useStartCall({ userId });
  return (
    <button {...buttonProps} aria-label={`Phone ${name}`} data-state={state}>
      Phone
    </button>
  );
}
