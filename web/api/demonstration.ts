import { call } from './client.ts';

export const removeDemonstration = (): Promise<void> => call('DELETE', '/v1/demonstration');
