import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pagerduty, tellPagerDuty } from '../../channels/pagerduty/events.ts';
import { failureOf, withShortTimeouts } from '../support/stand-ins/failures.ts';
import { startPagerDuty, type PagerDutyStandIn } from '../support/stand-ins/pagerduty.ts';
import { pageOf, pagesOf } from '../support/stand-ins/pages.ts';

const routingKey = '0123456789abcdef0123456789abcdef';

let service: PagerDutyStandIn;
beforeAll(async () => {
  service = await startPagerDuty();
});
afterEach(() => {
  service.events.length = 0;
  service.violations.length = 0;
});
afterAll(() => service.close());

const deliver = (pages = pagesOf(1), key = routingKey) => pagerduty({ eventsUrl: service.eventsUrl })(pages, key);

describe('a page by PagerDuty', () => {
  it('opens an alert', async () => {
    const page = pageOf();
    expect(await deliver([page])).toBe('HTTP 202');
    expect(service.violations).toEqual([]);
    expect(service.events).toEqual([
      {
        routing_key: routingKey,
        event_action: 'trigger',
        dedup_key: page.dedupKey,
        client: 'Vigil',
        client_url: 'https://vigil.example.com',
        links: [{ href: page.acknowledgeUrl, text: 'Acknowledge in Vigil' }],
        payload: {
          summary: 'First reply breached · ticket K7Q2-9MZP-4WTX',
          source: 'vigil',
          severity: 'critical',
          timestamp: '2026-01-05T11:00:00.000Z',
          custom_details: {
            incident: page.incident,
            ticket: 'K7Q2-9MZP-4WTX',
            step: 1,
            round: 2,
            reason: 'First reply breached',
            dueAt: '2026-01-05T11:00:00.000Z',
          },
        },
      },
    ]);
  });

  it.each([
    ['urgent', 'critical'],
    ['high', 'error'],
    ['normal', 'warning'],
    ['low', 'info'],
  ] as const)('of priority %s is %s', async (priority, severity) => {
    await deliver([pageOf({ priority })]);
    expect(service.events[0]?.payload?.['severity']).toBe(severity);
  });

  it('about several incidents is an alert for each, in their order', async () => {
    const pages = pagesOf(3);
    expect(await deliver(pages)).toBe('HTTP 202');
    expect(service.violations).toEqual([]);
    expect(service.events.map((event) => event.dedup_key)).toEqual(pages.map((page) => page.dedupKey));
  });

  it('stops at the first that fails', async () => {
    service.failNext({ status: 202, body: {} }, 500);
    await expect(deliver(pagesOf(3))).rejects.toThrow('HTTP 500');
    expect(service.events).toEqual([]);
  });

  it('keeps within the limits, and its text as it is', async () => {
    const reason = `<script>"🔥" & ${'x'.repeat(2000)}`;
    const dedupKey = `incident:${'y'.repeat(300)}`;
    await deliver([pageOf({ reason, dedupKey }), pageOf({ dedupKey: `${dedupKey}2` }), pageOf({ dedupKey })]);
    expect(service.violations).toEqual([]);
    const [first, second, third] = service.events;
    expect(first?.payload?.['summary']).toMatch(/^<script>"🔥" & x+ · ticket K7Q2-9MZP-4WTX$/);
    expect(first?.payload?.['summary']).toHaveLength(1024);
    expect(first?.dedup_key).toMatch(/^incident:y+:[0-9a-f]{64}$/);
    expect(second?.dedup_key).not.toBe(first?.dedup_key);
    expect(third?.dedup_key).toBe(first?.dedup_key);
  });
});

describe('what became of an alert', () => {
  it.each(['acknowledge', 'resolve'] as const)('is told: %s', async (action) => {
    const word = { eventsUrl: service.eventsUrl, routingKey, dedupKey: 'a key', action };
    expect(await tellPagerDuty(word)).toBe('HTTP 202');
    expect(service.violations).toEqual([]);
    expect(service.events).toEqual([{ routing_key: routingKey, dedup_key: 'a key', event_action: action }]);
  });

  it('is told by the key that the page had, however long', async () => {
    const dedupKey = 'z'.repeat(300);
    await deliver([pageOf({ dedupKey })]);
    await tellPagerDuty({ eventsUrl: service.eventsUrl, routingKey, dedupKey, action: 'resolve' });
    expect(service.events[1]?.dedup_key).toBe(service.events[0]?.dedup_key);
  });

  it('fails as a page does', async () => {
    service.failNext(400);
    const word = { eventsUrl: service.eventsUrl, routingKey, dedupKey: 'a key', action: 'resolve' } as const;
    expect((await failureOf(tellPagerDuty(word)))[0]).toBe('Refused');
  });
});

describe('PagerDuty', () => {
  it('refuses for good, and says why', async () => {
    const why = "The service answered HTTP 400: Event object is invalid 'event_action' is missing";
    expect(await failureOf(deliver(pagesOf(1), 'too short'))).toEqual(['Refused', why]);
    expect(service.violations).toEqual(['routing_key has not 32 characters']);
  });

  it('is not quoted where it quotes the key', async () => {
    service.failNext({ status: 400, body: { message: `no such key: ${routingKey}`, errors: 'none' } });
    expect(await failureOf(deliver())).toEqual(['Refused', 'The service answered HTTP 400: no such key: …']);
  });

  it('may be a proxy that answers something else', async () => {
    service.failNext({ status: 502, body: '<h1>Bad gateway</h1>' });
    expect(await failureOf(deliver())).toEqual(['Error', 'The service answered HTTP 502: <h1>Bad gateway</h1>']);
  });

  it('may say when to come again', async () => {
    service.failNext(429, { status: 429, headers: { 'retry-after': '30' } });
    expect((await failureOf(deliver()))[0]).toBe('Error');
    expect(await failureOf(deliver())).toEqual([
      'ComeAgain',
      'The service answered HTTP 429: Too many requests for this service. Calm down.',
      30_000,
    ]);
  });

  it.each([408, 500, 503, 0] as const)('may take it later after %i', async (failure) => {
    service.failNext(failure);
    expect((await failureOf(deliver()))[0]).toBe('Error');
  });

  it('is waited for ten seconds', async () => {
    service.failNext('hang');
    const asked = await withShortTimeouts(() => expect(deliver()).rejects.toThrow('within 10 s'));
    expect(asked).toEqual([10_000]);
  });
});
