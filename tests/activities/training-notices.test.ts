import { describe, expect, test } from 'vitest';
import { trainingNotices } from '../../activities/training-notices.ts';
import type { StoredTraining } from '../../db/trainings.ts';

const schedule = { id: 'sch_1', name: 'Level 1', timeZone: 'Europe/Berlin' };
const about = {
  schedule,
  nameOf: (user: string) => `Name of ${user}`,
  managerOf: (user: string) => (user === 'robin' ? 'bruce' : null),
};
const training: StoredTraining = {
  id: 'trn_1',
  schedule: schedule.id,
  layer: 0,
  user: 'robin',
  // Two weeks from here the clocks of Berlin have been put forward.
  start: new Date('2026-03-16T08:00:00Z'),
  weeks: 2,
  needsConfirmation: false,
  confirmedAt: null,
  confirmedBy: null,
  createdAt: new Date('2026-03-01T00:00:00Z'),
};
const over = Date.parse('2026-03-30T07:00:00Z');
const told = (stored: Partial<StoredTraining>, from: number, to: number) =>
  trainingNotices([{ ...training, ...stored }], about, from, to).map(({ user, data }) => [user, data['state']]);

describe('what is told of a training', () => {
  test('is the promotion, to the trainee and the manager, once', () => {
    expect(told({}, over - 1, over)).toEqual([
      ['robin', 'promoted'],
      ['bruce', 'promoted'],
    ]);
    expect(told({}, over - 2, over - 1)).toEqual([]);
    expect(told({}, over, over + 1)).toEqual([]);
    expect(told({ user: 'kid' }, over - 1, over)).toEqual([['kid', 'promoted']]);
  });

  test('is that somebody waits, to the manager, until it is confirmed', () => {
    const needsConfirmation = true;
    expect(told({ needsConfirmation }, over - 1, over)).toEqual([['bruce', 'waiting']]);
    expect(told({ needsConfirmation, user: 'kid' }, over - 1, over)).toEqual([]);
    const confirmedAt = new Date(over + 5000);
    expect(told({ needsConfirmation, confirmedAt }, over - 1, over)).toEqual([]);
    expect(told({ needsConfirmation, confirmedAt }, over + 4999, over + 5000)).toHaveLength(2);
    const early = new Date(over - 5000);
    expect(told({ needsConfirmation, confirmedAt: early }, over - 1, over)).toHaveLength(2);
  });

  test('names each notice apart', () => {
    const ids = trainingNotices([training, { ...training, id: 'trn_2' }], about, over - 1, over).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});
