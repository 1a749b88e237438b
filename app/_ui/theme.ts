'use client';

import { useSyncExternalStore } from 'react';

export const themeChoices = ['system', 'dark', 'light'] as const;
export type ThemeChoice = (typeof themeChoices)[number];
const storageKey = 'parley-theme';

function stored(): ThemeChoice {
  try {
    const text = localStorage.getItem(storageKey);
    return text === 'dark' || text === 'light' ? text : 'system';
  } catch {
    return 'system';
  }
}

function shown(): 'dark' | 'light' {
  const choice = stored();
  if (choice !== 'system') return choice;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

const listeners = new Set<() => void>();
function apply() {
  document.documentElement.dataset.theme = shown();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: light)');
  listeners.add(listener);
  if (listeners.size === 1) {
    system.addEventListener('change', apply);
    addEventListener('storage', apply);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    system.removeEventListener('change', apply);
    removeEventListener('storage', apply);
  };
}

export function chooseTheme(choice: ThemeChoice) {
  try {
    if (choice === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
  } catch {
    // Without storage the choice lasts as long as the page.
    if (choice !== 'system') document.documentElement.dataset.theme = choice;
    return;
  }
  apply();
}

/** The person's choice and what it comes to. Follows the system and other tabs. */
export function useTheme(): { choice: ThemeChoice; shown: 'dark' | 'light' } {
  return {
    choice: useSyncExternalStore<ThemeChoice>(subscribe, stored, () => 'system'),
    shown: useSyncExternalStore<'dark' | 'light'>(subscribe, shown, () => 'dark'),
  };
}
