import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExampleDesk, startExampleDesk } from './example-desk.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let desk: ExampleDesk;
beforeAll(async () => {
  desk = await startExampleDesk('success-rotation');
}, 120_000);
afterAll(() => desk.stop());

const onCall = (schedule: string, at: number) => desk.directory.onCall(desk.idOf(schedule))?.at(at)?.users ?? [];

/** Arrivals over a month, at all times of the day and of the week, each far from every handoff. */
const arrivals = (() => {
  const monday = Math.ceil(Date.now() / (7 * day)) * 7 * day + 4 * day;
  return Array.from({ length: 30 }, (_, i) => monday + i * day + ((i * 5) % 24) * hour + 37 * minute);
})();

describe('a month of a desk whose shifts own what arrives in them', () => {
  it('gives every ticket to who is on duty, and walks duty, backup, manager and director when it is missed', async () => {
    const team = desk.idOf('Customer Success');
    const tickets = await Promise.all(arrivals.map((at) => desk.arrive(at, { team, assignee: null })));
    await desk.incidents(tickets, 'incident.nobody-left');
    const backups = new Set<string>();
    const owners = new Set<string>();
    for (const [i, id] of tickets.entries()) {
      const arrived = arrivals[i] as number;
      const { assignee } = await desk.ticket(id);
      const duty = onCall('Success duty', arrived);
      expect(duty.length === 0 ? assignee === null : duty.includes(assignee ?? ''), `owner of ticket ${i}`).toBe(true);
      if (assignee !== null) owners.add(assignee);

      const timeline = await desk.timeline(id);
      const opened = timeline.find((e) => e.type === 'incident.triggered')?.at ?? 0;
      const steps = timeline.filter(
        (e) => e.type === 'incident.escalated' || e.type === 'incident.step-without-responder',
      );
      const first = steps.slice(0, 4);
      const onDuty = onCall('Success duty', opened);
      // A step that has nobody is passed over at once; the others wait for their time.
      const waited = onDuty.length === 0 ? 0 : 10;
      const backup = onCall('Success backup', opened + waited * minute);
      const manager = desk.directory.user(assignee ?? '')?.manager ?? desk.directory.team(team)?.manager;
      expect(first.map((e) => [...((e.data['responders'] as string[] | undefined) ?? [])].toSorted())).toEqual([
        onDuty.toSorted(),
        backup.toSorted(),
        [manager],
        [desk.idOf('senior.director@example.com')],
      ]);
      expect(first.map((e) => Math.round((e.at - opened) / minute))).toEqual([0, waited, waited + 10, waited + 25]);
      const paged = timeline.filter((e) => e.type === 'incident.paged' && e.data['round'] === 1);
      expect(paged.map((e) => e.data['user'])).toEqual([
        ...onDuty,
        ...backup,
        manager,
        desk.idOf('senior.director@example.com'),
      ]);
      for (const user of backup) backups.add(user);
    }
    // A month of short shifts brings everybody's turn.
    expect(owners.size).toBeGreaterThanOrEqual(4);
    expect(backups.size).toBeGreaterThanOrEqual(3);
    expect(desk.receiver.violations).toEqual([]);
  }, 300_000);
});
