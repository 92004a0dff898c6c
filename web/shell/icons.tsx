import type { ReactNode } from 'react';

const paths = {
  queue: 'M4 6h16M4 12h16M4 18h10',
  incidents: 'M12 4 3 20h18L12 4Zm0 6v4m0 3v.01',
  onCall: 'M5 6h14v14H5V6Zm0 4h14M9 3v4m6-4v4m-3 6v3h3',
  reports: 'M5 20V10m5 10V4m5 16v-7m5 7V8M3 20h18',
  wall: 'M3 5h18v11H3V5Zm6 15h6m-3-4v4',
  admin: 'M4 7h10m4 0h2M4 17h2m4 0h10M14 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0ZM6 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0Z',
  fullScreen: 'M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8a7 7 0 0 1 14 0',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 5 5',
  clip: 'm8 12 6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l7-7',
  external: 'M10 5H5v14h14v-5M14 4h6v6m0-6-9 9',
  assign: 'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8a7 7 0 0 1 10-6m1 4h7m-3-3 3 3-3 3',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l2 2H4l2-2Zm4 4h4',
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
