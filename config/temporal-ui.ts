import type { Config } from './environment.ts';

const cloud = /\.(?:tmprl\.cloud|api\.temporal\.io)(?::\d+)?$/;

/**
 * Where the Temporal UI answers, as people's browsers reach it; null where that is not known. That of `vigil up` listens
 * on this machine alone: only who uses Vigil on it as well can follow a link there.
 */
export function temporalUi({ temporal, temporalUiUrl, temporalUiPort, publicUrl }: Config): string | null {
  if (temporalUiUrl !== null) return temporalUiUrl;
  if (temporal.externalTemporal) return cloud.test(temporal.address ?? '') ? 'https://cloud.temporal.io' : null;
  const local = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(publicUrl).hostname);
  return local ? `http://127.0.0.1:${temporalUiPort}` : null;
}
