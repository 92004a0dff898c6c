const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

/** As a clock shows it, such as 4:09 or 1:04:09; undefined from a day on, where seconds say nothing. */
export function countDown(ms: number): string | undefined {
  if (ms >= day) return undefined;
  const left = Math.max(0, Math.ceil(ms / second));
  const [h, m, s] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
