import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { DeskShape } from './shape.ts';

/** What is wrong with a value of a file, and what would be right. */
export interface ShapeProblem {
  readonly path: readonly string[];
  /** True where it is about the field's name and not its value. */
  readonly atKey?: boolean;
  readonly message: string;
}

const ajv = new Ajv2020({ allErrors: true, strict: true, verbose: true });
addFormats.default(ajv, ['email', 'date-time']);
const validate = ajv.compile(DeskShape);

export function problemsOfShape(value: unknown): ShapeProblem[] {
  if (validate(value)) return [];
  return withoutAlternatives(validate.errors ?? []).map(problemOf);
}

/**
 * Of a value that fits none of several schemas, the validator tells what each of them has against it, and then that none
 * fits. What lies deeper, or names a field, is about the schema that was meant; else the last says it all.
 */
function withoutAlternatives(errors: readonly ErrorObject[]): ErrorObject[] {
  const alternatives = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath);
  const telling = (error: ErrorObject, path: string): boolean =>
    error.instancePath.startsWith(`${path}/`) || (error.instancePath === path && isPrecise(error));
  return errors.filter((error) => {
    if (!alternatives.includes(error.instancePath)) return true;
    if (isPrecise(error)) return true;
    return error.keyword === 'anyOf' && !errors.some((other) => telling(other, error.instancePath));
  });
}

function isPrecise({ keyword }: ErrorObject): boolean {
  return !['anyOf', 'type', 'const'].includes(keyword);
}

function problemOf({ instancePath, keyword, message, params, parentSchema, data }: ErrorObject): ShapeProblem {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const schema = (parentSchema ?? {}) as Schema;
  switch (keyword) {
    case 'additionalProperties': {
      const { additionalProperty: name } = params as { additionalProperty: string };
      const known = Object.keys(schema.properties ?? {}).join(', ');
      return { path: [...path, name], atKey: true, message: `is not known here; right are ${known}` };
    }
    case 'required':
      return {
        path: [...path, (params as { missingProperty: string }).missingProperty],
        message: 'is missing',
      };
    case 'enum':
      return { path, message: `${shown(data)} cannot be used; right is one of ${schema.enum?.join(', ')}` };
    case 'type':
    case 'anyOf':
      return { path, message: `${shown(data)} cannot be used; right is ${rightOf(schema)}` };
    case 'format':
      return { path, message: `${shown(data)} is no ${formats[schema.format ?? ''] ?? schema.format}` };
    default:
      return { path, message: message ?? 'cannot be used' };
  }
}

interface Schema {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly format?: string;
  readonly properties?: object;
  readonly examples?: readonly unknown[];
}

const formats: Readonly<Record<string, string>> = {
  email: 'email address',
  'date-time': 'instant; right is for example 2026-01-05T09:00:00Z',
};

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'null',
};

function rightOf({ type = '', const: only, anyOf, examples }: Schema): string {
  if (only !== undefined) return only;
  const right = anyOf?.map(rightOf).join(' or ') ?? words[type] ?? type;
  return examples === undefined ? right : `${right} such as ${shown(examples[0])}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
