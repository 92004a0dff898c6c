import { queryOptions } from '@tanstack/react-query';
import { call, newKey } from './client.ts';
import type { Channel, Channels, ChannelTest } from './types.ts';

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => call<Channels>('GET', '/v1/channels', { signal }),
});

export const testChannel = (channel: Channel['channel'], address: string): Promise<ChannelTest> =>
  call('POST', `/v1/channels/${channel}/test`, { body: { address }, idempotencyKey: newKey() });
