import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

const options = {
  allErrors: true,
  removeAdditional: false,
  useDefaults: true,
  strict: true,
  allowUnionTypes: true,
} as const;

/** Bodies are taken as they are; only what comes as text in an address is read as a number where one is asked for. */
export default fp(
  async (app: FastifyInstance) => {
    const strict = new Ajv2020({ ...options, coerceTypes: false, keywords: ['example'] });
    const coercing = new Ajv2020({ ...options, coerceTypes: true, keywords: ['example'] });
    for (const ajv of [strict, coercing]) addFormats.default(ajv, ['date-time', 'email', 'uri']);
    app.setValidatorCompiler(({ schema, httpPart }) =>
      (httpPart === 'body' ? strict : coercing).compile(schema as object),
    );
  },
  { name: 'validation' },
);
