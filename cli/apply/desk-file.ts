import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { checks } from './checks.ts';
import type { Entries, Section } from './shape.ts';
import { sections } from './shape.ts';
import { problemsOfShape, type ShapeProblem } from './shape-problems.ts';

/** One thing that a file asks for. */
export interface Entry<T> {
  readonly value: T;
  /** Where a field of it stands, such as `desk.yaml:12:5: users.0.manager`. */
  readonly at: (path?: string) => string;
}

/** What the files ask for together; a section that no file has is absent. */
export type Desk = { readonly [S in Section]?: readonly Entry<Entries[S]>[] };

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Reads all files, and tells everything that is wrong with them, each as `file:line:column: field: message`. */
export function readDesk(files: readonly NamedText[]): { readonly desk: Desk; readonly problems: readonly string[] } {
  const desk: { [S in Section]?: Entry<never>[] } = {};
  const problems: string[] = [];
  for (const file of files) {
    const source = new Source(file);
    problems.push(...source.problems);
    if (source.problems.length > 0) continue;
    for (const section of sections) {
      const values = source.value[section];
      if (values === undefined) continue;
      const entries = values.map((value, i) => ({
        value: value as never,
        at: (path = '') => source.at([section, String(i), ...path.split('.').filter((part) => part !== '')]),
      }));
      desk[section] = [...(desk[section] ?? []), ...entries];
    }
  }
  problems.push(...repeated(desk));
  return { desk, problems };
}

class Source {
  readonly value: { readonly [S in Section]?: readonly Entries[S][] };
  readonly problems: readonly string[];
  readonly #name: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor({ name, text }: NamedText) {
    this.#name = name;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const broken = [...this.#document.errors, ...this.#document.warnings];
    const problems = broken.map(({ pos, message }) => `${this.#place(pos[0])}: ${message}`);
    this.value = {};
    try {
      if (broken.length === 0) this.value = this.#document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
    this.problems = problems.length > 0 ? problems : this.#check();
  }

  at(path: readonly string[], atKey = false): string {
    return `${this.#place(offsetOf(this.#document.contents, path, atKey))}: ${path.join('.')}`;
  }

  #check(): string[] {
    const shape = problemsOfShape(this.value);
    const problems: readonly ShapeProblem[] = shape.length > 0 ? shape : sections.flatMap((s) => this.#checkSection(s));
    return problems.map(({ path, atKey, message }) => `${this.at(path, atKey)}: ${message}`);
  }

  #checkSection(section: Section): ShapeProblem[] {
    const entries: readonly unknown[] = this.value[section] ?? [];
    return entries.flatMap((entry, i) =>
      checks[section](entry as never).map(({ path, message }) => ({
        path: [section, String(i), ...path.split('.')],
        message,
      })),
    );
  }

  #place(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#name}:${line}:${col}`;
  }
}

/** What names an entry among those of its section. */
export function keyOf(entry: { readonly name: string; readonly email?: string }): string {
  return (entry.email ?? entry.name).toLowerCase();
}

function repeated(desk: Desk): string[] {
  return sections.flatMap((section) => {
    const first = new Map<string, Entry<{ name: string }>>();
    return (desk[section] ?? []).flatMap((entry: Entry<{ name: string; email?: string }>) => {
      const field = entry.value.email === undefined ? 'name' : 'email';
      const key = keyOf(entry.value);
      const before = first.get(key);
      first.set(key, before ?? entry);
      return before === undefined ? [] : [`${entry.at(field)}: was used before, at ${before.at(field)}`];
    });
  });
}

/** Of the value at a path, or of the nearest thing around it that is there. */
function offsetOf(root: unknown, path: readonly string[], atKey: boolean): number {
  let offset = 0;
  let node = root;
  for (const [i, part] of path.entries()) {
    if (isNode(node)) offset = node.range?.[0] ?? offset;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === part);
      if (pair === undefined) return offset;
      if (atKey && i === path.length - 1) return (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
    } else {
      return offset;
    }
  }
  return isNode(node) ? (node.range?.[0] ?? offset) : offset;
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}
