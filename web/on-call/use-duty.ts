import { useMutation, useQueryClient } from '@tanstack/react-query';
import { dutyKey } from '../api/schedules.ts';

/** Changes something about duty, and reads all of it anew; `done` comes after that. */
export function useDutyChange<T>(change: (value: T) => Promise<unknown>, done: () => void = () => undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: dutyKey });
      done();
    },
  });
}
