import { ApplicationFailure } from '@temporalio/common';
import type { Directory } from '../db/directory.ts';
import { compileCalendar } from '../domain/calendar.ts';
import type { Span } from '../domain/spans.ts';

export type DeskActivities = ReturnType<typeof createDeskActivities>;

const day = 24 * 60 * 60 * 1000;
const aheadDays = 400;

export function createDeskActivities(directory: Directory) {
  return {
    /** The next 400 days of a calendar's open time, for a ticket whose clock outlives what it started with. */
    async openTime(question: { calendar: string; from: number }): Promise<{ spans: Span[]; compiledUntil: number }> {
      const calendar = directory.calendar(question.calendar);
      if (calendar === undefined) {
        throw ApplicationFailure.create({ type: 'UnknownCalendar', message: `No calendar ${question.calendar}.` });
      }
      const compiledUntil = question.from + aheadDays * day;
      return { spans: compileCalendar(calendar, question.from, compiledUntil), compiledUntil };
    },
  };
}
