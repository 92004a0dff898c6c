import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import type { Macro, MacroPatch, MacroPreview, NewMacro } from './types.ts';

export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: async ({ signal }) => (await call<{ data: readonly Macro[] }>('GET', '/v1/macros', { signal })).data,
});

const macroPath = (id: string): string => `/v1/macros/${encodeURIComponent(id)}`;

/** What the macro says and does for a ticket, by whoever asks. */
export const previewMacro = (id: string, ticket: string): Promise<MacroPreview> =>
  call('GET', `${macroPath(id)}/preview`, { query: { ticket } });

export type MacroChange =
  | { readonly add: NewMacro }
  | { readonly id: string; readonly patch: MacroPatch }
  | { readonly id: string; readonly remove: true };

export function useMacroChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: MacroChange): Promise<Macro | undefined> => {
      if ('add' in change) return call('POST', '/v1/macros', { body: change.add, idempotencyKey: newKey() });
      const path = macroPath(change.id);
      return 'patch' in change ? call('PATCH', path, { body: change.patch }) : call('DELETE', path);
    },
    onSettled: () => client.invalidateQueries(macrosQuery),
  });
}
