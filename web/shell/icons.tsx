import type { ReactNode } from 'react';

const paths = {
  queue: 'M4 6h16M4 12h16M4 18h10',
  incidents: 'M12 4 3 20h18L12 4Zm0 6v4m0 3v.01',
  menu: 'M4 7h16M4 12h16M4 17h16',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8a7 7 0 0 1 14 0',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 5 5',
  clip: 'm8 12 6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l7-7',
  external: 'M10 5H5v14h14v-5M14 4h6v6m0-6-9 9',
  lock: 'M6 11h12v9H6v-9Zm2 0V8a4 4 0 0 1 8 0v3',
} as const;

/** A line drawing beside a text that says the same: it is hidden from those who listen. */
export function Icon({ name, size = 18 }: { name: keyof typeof paths; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
