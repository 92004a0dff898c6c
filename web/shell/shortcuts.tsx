import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';

/** What a key does, in the order of the help. Keys separated by a space are pressed one after the other. */
export const shortcuts = {
  help: '?',
  queue: 'g q',
  incidents: 'g i',
  onCall: 'g o',
  search: '/',
  next: 'j',
  previous: 'k',
  select: 'x',
  assign: 'a',
  reply: 'r',
  note: 'n',
} as const;
export type Shortcut = keyof typeof shortcuts;

interface Keys {
  readonly enabled: boolean;
  readonly enable: (enabled: boolean) => void;
  /** Says what a shortcut does until the returned function is called; the latest to say so wins. */
  readonly bind: (shortcut: Shortcut, action: () => void) => () => void;
}

const KeysContext = createContext<Keys | null>(null);
const storageKey = 'vigil:shortcuts';
const sequenceMs = 1200;

export function useKeys(): Keys {
  const keys = use(KeysContext);
  if (keys === null) throw new Error('there are no shortcuts here');
  return keys;
}

export function useShortcut(shortcut: Shortcut, action: () => void): void {
  const { bind } = useKeys();
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => bind(shortcut, () => latest.current()), [bind, shortcut]);
}

/** Single keys can be turned off, as WCAG 2.1.4 asks for: speech input would press them by accident. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const [enabled, setEnabled] = useState(() => localStorage.getItem(storageKey) !== 'off');
  const [bindings] = useState(() => new Map<Shortcut, (() => void)[]>());
  const [bind] = useState<Keys['bind']>(() => (shortcut: Shortcut, action: () => void) => {
    bindings.set(shortcut, [...(bindings.get(shortcut) ?? []), action]);
    return () =>
      void bindings.set(
        shortcut,
        (bindings.get(shortcut) ?? []).filter((bound) => bound !== action),
      );
  });
  useEffect(() => {
    if (!enabled) return;
    let before = '';
    let at = 0;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const sequence = Date.now() - at < sequenceMs ? `${before} ${event.key}` : event.key;
      const found = (Object.keys(shortcuts) as Shortcut[]).find(
        (name) => shortcuts[name] === sequence || shortcuts[name] === event.key,
      );
      before = event.key;
      at = Date.now();
      const action = found === undefined ? undefined : bindings.get(found)?.at(-1);
      if (action === undefined) return;
      event.preventDefault();
      before = '';
      action();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [enabled, bindings]);
  const enable = (on: boolean): void => {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
    setEnabled(on);
  };
  return <KeysContext value={{ enabled, enable, bind }}>{children}</KeysContext>;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog]') !== null
  );
}
