import { expect, it } from 'vitest';
import { loadConfig } from '../../config/environment.ts';
import { temporalUi } from '../../config/temporal-ui.ts';

it.each([
  ['vigil up', {}, 'http://127.0.0.1:8233'],
  ['another port of it', { TEMPORAL_UI_PORT: '9000' }, 'http://127.0.0.1:9000'],
  ['vigil up, used from elsewhere', { VIGIL_PUBLIC_URL: 'https://desk.example' }, null],
  ['a cluster', { TEMPORAL_ADDRESS: 'temporal:7233' }, null],
  [
    'a cluster with its UI',
    { TEMPORAL_ADDRESS: 't:7233', TEMPORAL_UI_URL: 'https://ui.example/' },
    'https://ui.example',
  ],
  ['the cloud, by its namespace', { TEMPORAL_ADDRESS: 'desk.a1b2c.tmprl.cloud:7233' }, 'https://cloud.temporal.io'],
  ['the cloud, by its region', { TEMPORAL_ADDRESS: 'eu-west-1.aws.api.temporal.io:7233' }, 'https://cloud.temporal.io'],
  ['something that is only called so', { TEMPORAL_ADDRESS: 'tmprl.cloud.example:7233' }, null],
] as const)('of %s', (_, environment, address) => {
  expect(temporalUi(loadConfig({ ...environment }))).toBe(address);
});
