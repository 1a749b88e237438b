import { createContext } from 'react';

/** Closes the menu of the toolbar around it; does nothing where there is no menu. */
export const CloseMenuContext = createContext<() => void>(() => {});
