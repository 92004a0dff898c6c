/** Hours and minutes as the language's short time has them, for beside a weekday or a date: 09:05, but 9:05 AM. */
export function clockTime(language: string): Pick<Intl.DateTimeFormatOptions, 'hour' | 'minute'> {
  const { hour12 } = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).resolvedOptions();
  return { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' };
}
