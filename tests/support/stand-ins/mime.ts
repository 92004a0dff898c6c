export interface ParsedMail {
  /** By name in lower case, unfolded and decoded. A name that comes twice has both values, joined by a newline. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
}

/** Enough of MIME for the mails that Vigil sends: one level of parts. `raw` has a character for each byte. */
export function parseMail(raw: string): ParsedMail {
  const { headers, body } = split(raw);
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1];
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1);
  const of = (type: string): string => {
    const part = parts.map((part) => split(part.replace(/^\r\n/, ''))).find(({ headers }) => typeOf(headers) === type);
    return part === undefined ? '' : decodeBody(part.body, part.headers.get('content-transfer-encoding') ?? '7bit');
  };
  return { headers, text: of('text/plain'), html: of('text/html') };
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n(?=[ \t])/g, '')
    .split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = decodeWords(line.slice(line.indexOf(':') + 1).trim());
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return { headers, body: raw.slice(end + 4) };
}

function typeOf(headers: ReadonlyMap<string, string>): string | undefined {
  return headers.get('content-type')?.split(';')[0];
}

/** Encoded words of RFC 2047; the space between two of them is none of the text. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_word, encoding: string, text: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('latin1')
        : decodeQuoted(text.replaceAll('_', ' ')),
    )
    .replace(/[\x80-\xff]+/g, utf8);
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return utf8(encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=\r\n/g, '')) : body);
}

function decodeQuoted(text: string): string {
  return text.replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
