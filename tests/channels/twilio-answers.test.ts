import { describe, expect, it } from 'vitest';
import { parseTwilioReply } from '../../channels/twilio/reply.ts';
import { verifyTwilioSignature } from '../../channels/twilio/signature.ts';
import { twimlReply, twimlSay } from '../../channels/twilio/twiml.ts';
import { problemOfXml } from '../support/stand-ins/xml.ts';

describe('a signature of Twilio', () => {
  // The example that Twilio's documentation computes.
  const right = {
    signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    params: {
      To: '+18005551212',
      CallSid: 'CA1234567890ABCDE',
      Caller: '+12349013030',
      From: '+12349013030',
      Digits: '1234',
    },
    authToken: '12345',
  };
  const verify = (more: object = {}) => verifyTwilioSignature({ ...right, ...more });

  it('is right', () => expect(verify()).toBe(true));

  it('is right without any fields', () => {
    // Computed by another program.
    expect(verify({ params: {}, signature: 'zYQTYrRWXE7LtzbG4PfP7/bkkGo=' })).toBe(true);
  });

  it.each([
    ['of another token', { authToken: '12346' }],
    ['of another URL', { url: 'https://mycompany.com/myapp.php?foo=1' }],
    ['of other fields', { params: { ...right.params, Digits: '1235' } }],
    ['of fewer fields', { params: {} }],
    ['cut', { signature: right.signature.slice(0, -1) }],
    ['with more behind it', { signature: `${right.signature}=` }],
    ['empty', { signature: '' }],
    ['absent', { signature: undefined }],
  ])('%s is wrong', (_case, more) => expect(verify(more)).toBe(false));
});

describe('an answer', () => {
  const From = '+15552223333';

  it.each(['1', ' 1\n', 'ack', 'Ack!', 'ACKNOWLEDGED', ' acknowledge please'])('of %j acknowledges', (Body) => {
    expect(parseTwilioReply({ From, Body })).toEqual({ from: From, acknowledges: true });
  });

  it.each(['', '11', '1 no', '2', 'no ack', 'what?', 'back'])('of %j does not', (Body) => {
    expect(parseTwilioReply({ From, Body })).toEqual({ from: From, acknowledges: false });
  });

  it('may be a digit in a call that Vigil made', () => {
    const Called = { Direction: 'outbound-api', From: '+15550001111', To: '+15552223333' };
    expect(parseTwilioReply({ ...Called, Digits: '1' })).toEqual({ from: '+15552223333', acknowledges: true });
    expect(parseTwilioReply({ ...Called, Digits: '2' })).toEqual({ from: '+15552223333', acknowledges: false });
  });

  it('may be a digit in a call to Vigil', () => {
    const answer = parseTwilioReply({ Direction: 'inbound', From, To: '+15550001111', Digits: '1' });
    expect(answer).toEqual({ from: From, acknowledges: true });
  });

  it.each([{}, { Body: '1' }, { From: '', Body: '1' }, { Direction: 'outbound-api', From: '+15550001111' }])(
    'by nobody is malformed: %j',
    (params) => expect(() => parseTwilioReply(params)).toThrow('names nobody'),
  );
});

describe('TwiML', () => {
  it('answers by a message', () => {
    expect(twimlReply('Thanks')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Thanks</Message></Response>',
    );
  });

  it('says something', () => {
    expect(twimlSay('Thanks')).toBe('<?xml version="1.0" encoding="UTF-8"?><Response><Say>Thanks</Say></Response>');
  });

  it('escapes, and leaves out what XML cannot write', () => {
    const xml = twimlSay(`<script>alert("it's") && 🔥\n\u0000\u001b\uFFFF\uD83D`);
    expect(problemOfXml(xml)).toBeUndefined();
    expect(xml).toContain('<Say>&lt;script&gt;alert(&quot;it&apos;s&quot;) &amp;&amp; 🔥\n\uFFFD</Say>');
  });

  it.each(['<a>', '<a></b>', '<a>&</a>', '<a><b></a>', 'a > b', '<a>\u0007</a>', '</a>', '<a b=c></a>'])(
    'the stand-in sees that %j is not well-formed',
    (xml) => expect(problemOfXml(xml)).toBeDefined(),
  );
});
