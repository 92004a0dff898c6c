import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { acknowledgeValue, parseSlackInteraction } from '../../channels/slack/acknowledge-button.ts';
import { verifySlackSignature } from '../../channels/slack/signature.ts';
import { pageOf } from '../support/stand-ins/pages.ts';

describe('a signature of Slack', () => {
  // Computed by another program.
  const right = {
    signature: 'v0=94820aff660432420dcffa2547ad8760fde55398788f04516625c6d01f994dbc',
    timestamp: '1767610800',
    rawBody: Buffer.from('payload=%7B%22type%22%3A%22block_actions%22%7D'),
    signingSecret: 'a signing secret',
    now: 1_767_610_800_000,
  };
  const verify = (more: object = {}) => verifySlackSignature({ ...right, ...more });

  it('is right', () => expect(verify()).toBe(true));

  it.each([-300_000, 300_000])('is still right %i ms away from now', (away) => {
    expect(verify({ now: right.now + away })).toBe(true);
  });

  it.each([-300_001, 300_001])('is stale %i ms away from now', (away) => {
    expect(verify({ now: right.now + away })).toBe(false);
  });

  it.each([
    ['of another secret', { signingSecret: 'another signing secret' }],
    ['of another body', { rawBody: Buffer.from('payload=%7B%7D') }],
    ['of another time', { timestamp: '1767610801' }],
    ['of another version', { signature: right.signature.replace('v0', 'v1') }],
    ['cut', { signature: right.signature.slice(0, -1) }],
    ['with more behind it', { signature: `${right.signature}00` }],
    ['empty', { signature: '' }],
    ['absent', { signature: undefined }],
    ['without a time', { timestamp: undefined }],
    ['with an empty time', { timestamp: '' }],
  ])('%s is wrong', (_case, more) => expect(verify(more)).toBe(false));

  it.each(['', 'NaN', '1767610800.5', ' 1767610800'])('of the time %j is wrong, even where it fits', (timestamp) => {
    const digest = createHmac('sha256', right.signingSecret).update(`v0:${timestamp}:${right.rawBody.toString()}`);
    expect(verify({ timestamp, signature: `v0=${digest.digest('hex')}` })).toBe(false);
  });
});

describe('an interaction of Slack', () => {
  const page = pageOf();
  const button = { type: 'button', action_id: 'acknowledge', value: acknowledgeValue(page) };
  const payload = {
    type: 'block_actions',
    user: { id: 'U0ANN', team_id: 'T0' },
    response_url: 'https://hooks.slack.com/actions/T0/1/a',
    actions: [button],
  };
  const form = (payload: unknown) => Buffer.from(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  const parse = (more: object = {}) => parseSlackInteraction(form({ ...payload, ...more }));

  it('says who pressed the button for which incident', () => {
    expect(parse()).toEqual({
      slackUser: 'U0ANN',
      incident: page.incident,
      token: new URL(page.acknowledgeUrl).searchParams.get('token'),
      responseUrl: 'https://hooks.slack.com/actions/T0/1/a',
    });
  });

  it('may have nowhere to answer to', () => expect(parse({ response_url: undefined })?.responseUrl).toBeNull());

  it.each([
    ['of another kind', { type: 'view_submission' }],
    ['with the button that opens the link', { actions: [{ ...button, action_id: 'open' }] }],
    ['without actions', { actions: [] }],
    ['with actions that are no list', { actions: 'acknowledge' }],
    ['with an action that is null', { actions: [null] }],
    ['by nobody', { user: null }],
    ['by a person without an id', { user: {} }],
    ['with no value', { actions: [{ ...button, value: undefined }] }],
    ['with a value of one word', { actions: [{ ...button, value: 'incident' }] }],
    ['with a value of three words', { actions: [{ ...button, value: 'incident token more' }] }],
  ])('%s is not ours', (_case, more) => expect(parse(more)).toBeNull());

  it.each(['', 'payload=', 'payload=a+secret', 'payload=null', 'payload=7', 'other=%7B%7D'])('%j is none', (body) => {
    expect(() => parseSlackInteraction(Buffer.from(body))).toThrow(/^The body is no interaction as Slack posts it\.$/);
  });
});
