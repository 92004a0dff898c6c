import type { Notice } from '../channels/notice.ts';
import type { StoredTraining } from '../db/trainings.ts';
import { trainingOf } from '../db/trainings.ts';
import { formatInstant } from '../domain/instant.ts';
import { endOfTraining, promotedAt } from '../domain/training.ts';

/** Word to one person. */
export type PersonNotice = Notice & { readonly user: string };

interface About {
  readonly schedule: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly nameOf: (user: string) => string;
  readonly managerOf: (user: string) => string | null;
}

/**
 * What is to be told of trainings after `from`, up to `to`: trainees and their managers hear of promotions, and managers
 * of trainees who wait for their word.
 */
export function trainingNotices(
  trainings: readonly StoredTraining[],
  { schedule, nameOf, managerOf }: About,
  from: number,
  to: number,
): PersonNotice[] {
  return trainings.flatMap((stored) => {
    const { id, user } = stored;
    const manager = managerOf(user);
    const name = nameOf(user);
    const data = { type: 'training', training: id, schedule: schedule.id, name: schedule.name, user };
    const notice = (to: string, state: string, title: string, text: string): PersonNotice => ({
      id: `training:${id}:${state}:${to}`,
      user: to,
      title,
      text,
      data: { ...data, state },
    });
    const training = trainingOf(stored);
    const promoted = promotedAt(training, schedule.timeZone);
    const over = endOfTraining(training, schedule.timeZone);
    if (promoted !== null && from < promoted && promoted <= to) {
      const since = formatInstant(promoted);
      return [
        notice(user, 'promoted', `You are in the rotation: ${schedule.name}`, `Your training is over since ${since}.`),
        ...(manager === null
          ? []
          : [notice(manager, 'promoted', `${name} is in the rotation: ${schedule.name}`, `Trained until ${since}.`)]),
      ];
    }
    if (promoted !== null || manager === null || !(from < over && over <= to)) return [];
    const text = `The training was over at ${formatInstant(over)}; ${name} goes on as a shadow until it is confirmed.`;
    return [notice(manager, 'waiting', `Is ${name} ready for ${schedule.name}?`, text)];
  });
}
