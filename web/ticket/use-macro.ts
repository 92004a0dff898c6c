import { useMutation } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { previewMacro } from '../api/macros.ts';
import type { DraftState } from './draft.ts';
import { insertText } from './insert.ts';

/** Puts a macro's text where the cursor is, and its actions with those that wait for the sending. */
export function useMacro(ticket: string, { draft, change }: DraftState, field: RefObject<HTMLTextAreaElement | null>) {
  return useMutation({
    mutationFn: (id: string) => previewMacro(id, ticket),
    onSuccess: ({ body, actions: { status, ...actions } }) => {
      change({ actions: { ...draft.actions, ...actions }, ...(status !== undefined && { status }) });
      if (field.current !== null && body !== '') insertText(field.current, body);
    },
  });
}
