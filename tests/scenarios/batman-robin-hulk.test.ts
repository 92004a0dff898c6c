import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vigil } from '../../db/audit-events.ts';
import { changeDesk } from '../../db/desk-change.ts';
import { insertTraining } from '../../db/trainings.ts';
import { insertUser } from '../../db/users.ts';
import { type ExampleDesk, startExampleDesk } from './example-desk.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const week = 7 * day;

let desk: ExampleDesk;
let robin: string;
/** The Tuesday noon of each week of a quarter: when everybody is at work, and no week begins. */
const noons = (() => {
  const tuesday = Math.ceil(Date.now() / week) * week + 5 * day + 11 * 60 * minute;
  return Array.from({ length: 13 }, (_, i) => tuesday + i * week);
})();
const trainingWeeks = 5;

beforeAll(async () => {
  desk = await startExampleDesk('batman-robin-hulk');
  robin = await changeDesk(desk.database, vigil, async (change) => {
    const { id } = await insertUser(change, {
      name: 'Robin',
      email: 'robin@example.com',
      role: 'trainee',
      teams: [],
      manager: null,
      timeZone: null,
      contacts: [{ type: 'webhook', address: desk.receiver.url }],
      active: true,
      // Long enough in the company to have duty when the training is over.
      joinedAt: new Date(Date.now() - 80 * day),
    });
    const start = new Date((noons[0] as number) - day);
    const schedule = desk.idOf('Batman');
    await insertTraining(change, {
      schedule,
      layer: 0,
      user: id,
      start,
      weeks: trainingWeeks,
      needsConfirmation: false,
    });
    return id;
  });
  await desk.directory.refresh();
}, 120_000);
afterAll(() => desk.stop());

const onCall = (schedule: string, at: number) => desk.directory.onCall(desk.idOf(schedule))?.at(at);

describe('a quarter of a front line, its trainee, and a second line', () => {
  it('pages Batman with copies to Robin, then Robin in turn, and Hulk for level 3 only', async () => {
    const front = await Promise.all(noons.map((at) => desk.arrive(at, { assignee: null, level: 1, channel: 'chat' })));
    const hard = await Promise.all(noons.map((at) => desk.arrive(at, { assignee: null, level: 3, channel: 'chat' })));
    await desk.incidents([...front, ...hard], 'incident.nobody-left');
    const fronts = new Set<string>();
    for (const [i, at] of noons.entries()) {
      const batman = onCall('Batman', at + 10 * minute);
      const first = async (id: string) => {
        const timeline = await desk.timeline(id);
        const step = timeline.find((e) => e.type === 'incident.escalated');
        const paged = timeline.filter(
          (e) => e.type === 'incident.paged' && e.data['step'] === 1 && e.data['round'] === 1,
        );
        return {
          policy: step?.data['policy'],
          responsible: step?.data['responders'],
          copies: paged.filter((e) => e.data['copy'] === true).map((e) => e.data['user']),
        };
      };
      const trained = i >= trainingWeeks;
      expect(await first(front[i] as string), `week ${i}`).toEqual({
        policy: 'Front line',
        responsible: batman?.users,
        copies: trained ? [] : [robin],
      });
      expect(await first(hard[i] as string), `week ${i}`).toEqual({
        policy: 'Level 3',
        responsible: onCall('Hulk', at + 10 * minute)?.users,
        copies: [],
      });
      for (const user of batman?.users ?? []) fronts.add(user);
      if (!trained) expect(batman?.users).not.toContain(robin);
    }
    expect(fronts).toContain(robin);
    const sre = desk.directory.team(desk.idOf('SRE'))?.members ?? [];
    for (const at of noons) for (const user of onCall('Hulk', at)?.users ?? []) expect(sre).toContain(user);
  }, 300_000);
});
