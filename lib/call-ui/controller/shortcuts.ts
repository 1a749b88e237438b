import { clockNow } from '../clock';
import { areShortcutsHeld, shortcutOf } from '../shortcuts';
import { accept, decline } from './answering';
import { toggleMicrophone } from './controls';
import type { EnteringOwners } from './entering';
import type { Kit } from './kit';
import { incomingCalls } from './kit-state';
import { leave } from './leaving';

/** Listens to the keys everywhere in the window; accept, decline and the way there act on the top window. */
export function listenForShortcuts(
  kit: EnteringOwners & Pick<Kit, 'incomingFocus'>,
  target: Window,
): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (areShortcutsHeld()) return;
    const action = shortcutOf(event);
    if (!action || event.repeat) return;
    const top = incomingCalls(kit.state.get(), clockNow())[0]?.view.id;
    const { entry } = kit.state.get();
    if (action === 'accept' && top) accept(kit, top);
    else if (action === 'decline' && top) void decline(kit, top);
    else if (action === 'incoming' && top) kit.incomingFocus.goTo(top);
    else if (action === 'microphone' && entry) void toggleMicrophone(kit);
    else if (action === 'leave' && entry) leave(kit);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  target.addEventListener('keydown', onKey, true);
  return () => target.removeEventListener('keydown', onKey, true);
}
