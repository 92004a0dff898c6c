import { qrCode } from './qr.ts';

/** Modules of light around a code, which cameras look for. */
const quiet = 4;

/** Dark on light in dark colours, too: cameras expect it. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string | undefined }) {
  const rows = qrCode(text);
  const size = rows.length + 2 * quiet;
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      className={className}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
