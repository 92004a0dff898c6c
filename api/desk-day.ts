import { dayLength, startOfDay, zoneNamed } from '../domain/wall-clock.ts';

/** When the day and the month began that an instant belongs to, by the clocks of a time zone. */
export function deskDay(timeZone: string, at: number): { readonly day: number; readonly month: number } {
  const zone = zoneNamed(timeZone);
  const midnight = startOfDay(zone.toWall(at));
  const date = new Date(midnight).getUTCDate();
  return { day: zone.toInstant(midnight), month: zone.toInstant(midnight - (date - 1) * dayLength) };
}
