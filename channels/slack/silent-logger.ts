import { LogLevel, type Logger } from '@slack/web-api';

const nothing = (): void => undefined;

/** The client would write to the console what Slack says of a message, past our own log. */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};
