import type { DragEvent } from 'react';

const type = 'application/x-vigil-tickets';

export function dragTickets({ dataTransfer }: DragEvent, tickets: readonly string[]): void {
  dataTransfer.setData(type, tickets.join(' '));
  dataTransfer.effectAllowed = 'move';
}

/** Whether tickets are dragged, and not a file or a word: what they are is told only where they are dropped. */
export function hasTickets({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes(type);
}

export function ticketsIn({ dataTransfer }: DragEvent): readonly string[] {
  return dataTransfer.getData(type).split(' ').filter(Boolean);
}
