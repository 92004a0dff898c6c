/**
 * Puts text where the selection is, as if it had been typed, so that the browser's own undo takes it back; where a
 * browser cannot do that, it is put there all the same.
 */
export function insertText(field: HTMLTextAreaElement, text: string, start?: number): void {
  field.focus();
  if (start !== undefined) field.setSelectionRange(start, field.selectionEnd);
  const done = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (done) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
