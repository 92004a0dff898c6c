import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { invalid, Problem, type FieldError } from '../problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads JSON strictly: what is not UTF-8, or could not be stored as text, is refused and named, and never replaced. */
export default fp(
  async (app: FastifyInstance) => {
    app.addHook('preValidation', async (request) => {
      const errors = [...badText(request.query, ['query']), ...badText(request.params, ['params'])];
      if (errors.length > 0) throw invalid(errors);
      // A command that needs nothing said needs no body either.
      if (request.body === undefined && request.routeOptions.schema?.body !== undefined) request.body = {};
    });
    const parse = app.getDefaultJsonParser('error', 'error');
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
      let text: string;
      try {
        text = utf8.decode(bytes as Buffer);
      } catch {
        done(
          new Problem('invalid-request', 'The body is not valid UTF-8.', {
            errors: [{ path: '', message: 'must be UTF-8' }],
          }),
        );
        return;
      }
      // Many programs say that they send JSON where they send nothing.
      if (text === '') return done(null, undefined);
      void parse(request, text, (error, body) => {
        if (error) {
          done(new Problem('invalid-request', `The body is not valid JSON: ${error.message.slice(0, 200)}`));
          return;
        }
        const errors = badText(body);
        if (errors.length > 0) done(invalid(errors));
        else done(null, body);
      });
    });
  },
  { name: 'bodies' },
);

const deepest = 20;
/** A small body can hold very many values, each of which may be wrong in its own way. */
const mostValues = 20_000;

function badText(body: unknown, place: readonly string[] = []): FieldError[] {
  const errors: FieldError[] = [];
  let values = 0;
  const look = (value: unknown, path: readonly string[]): void => {
    if (++values > mostValues) return;
    if (path.length > deepest) {
      errors.push({ path: path.join('.'), message: 'is nested too deeply' });
    } else if (typeof value === 'string') {
      if (value.includes('\0')) errors.push({ path: path.join('.'), message: 'must not hold the character U+0000' });
      else if (!value.isWellFormed()) {
        errors.push({ path: path.join('.'), message: 'must not hold half a surrogate pair' });
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key.includes('\0') || !key.isWellFormed()) {
          errors.push({ path: path.join('.'), message: 'has a bad field name' });
        }
        look(item, [...path, key]);
      }
    }
  };
  look(body, place);
  return values > mostValues ? [{ path: '', message: `must not hold more than ${mostValues} values` }] : errors;
}
