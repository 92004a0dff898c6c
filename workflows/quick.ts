/** Two quick tries inside the workflow task; what a local activity needs that is away must not hold the task up. */
export const quickTries = {
  startToCloseTimeout: '2s',
  scheduleToCloseTimeout: '3s',
  retry: { maximumAttempts: 2, initialInterval: '50ms' },
} as const;
