const token = /<\?xml[^?]*\?>|<(\/?)([A-Za-z]+)((?:\s+[A-Za-z]+="[^"<>]*")*)\s*(\/?)>|[^<>]+|[<>]/g;
const entity = /&(?:amp|lt|gt|quot|apos);/g;

/** Why a document without namespaces, comments and CDATA is not well-formed XML; undefined where it is. */
export function problemOfXml(xml: string): string | undefined {
  if (/[^\P{Cc}\t\n\r]/u.test(xml)) return 'a control character';
  if (xml.replace(entity, '').includes('&')) return 'a bare ampersand';
  const open: string[] = [];
  for (const [whole, closing, name = '', , alone] of xml.matchAll(token)) {
    if (whole === '<' || whole === '>') return `a bare ${whole}`;
    if (closing === '/' && open.pop() !== name) return `</${name}> closes nothing`;
    if (closing === '' && alone === '') open.push(name);
  }
  return open.length === 0 ? undefined : `<${open.join('><')}> stays open`;
}
