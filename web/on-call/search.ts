/** What the address of a schedule says: which days are in sight. */
export interface ScheduleSearch {
  /** A date such as `2026-12-24`; today where it says nothing. */
  readonly from?: string;
  readonly days?: 7 | 14 | 31;
}

export function scheduleSearch({ from, days }: Record<string, unknown>): ScheduleSearch {
  return {
    ...(typeof from === 'string' && /^\d{4}-\d\d-\d\d$/.test(from) && { from }),
    ...((days === 7 || days === 14 || days === 31) && { days }),
  };
}
