import { beforeEach, describe, expect, test } from 'vitest';
import { passPostgresProblems, passProblems, passTemporalProblems } from '../../cli/up/log-lines.ts';

let said: string[];
const say = (line: string): void => void said.push(line);

beforeEach(() => {
  said = [];
});

describe('lines that reach the terminal', () => {
  test('are warnings and errors of our processes, each once, and what is no log line', () => {
    const pass = passProblems('API', say);
    pass('{"level":30,"msg":"incoming request"}');
    pass('{"level":40,"msg":"the pager is away","reason":"HTTP 503"}');
    pass('{"level":40,"msg":"the pager is away","reason":"HTTP 503"}');
    pass('{"level":50,"msg":"unexpected","err":{"message":"no such column"}}');
    pass('');
    pass('vigil: PostgreSQL cannot be used');
    expect(said).toEqual([
      'API: the pager is away (HTTP 503)',
      'API: unexpected (no such column)',
      'API: vigil: PostgreSQL cannot be used',
    ]);
  });

  test('are what ends Temporal', () => {
    const pass = passTemporalProblems(say);
    pass('{"level":"error","msg":"error fetching user data from parent","error":"Not enough hosts"}');
    pass('{"level":"fatal","msg":"Failed to start","error":"the disk is full"}');
    pass('Unable to start server. Error: port is taken');
    pass('time=2026-11-23T02:56:40.841 level=WARN msg="network dial error"');
    pass('Error: invalid dynamic config values');
    expect(said).toEqual([
      'Temporal: Failed to start the disk is full',
      'Temporal: Unable to start server. Error: port is taken',
      'Temporal: Error: invalid dynamic config values',
    ]);
  });

  test('are what ends PostgreSQL, not what befalls one session', () => {
    const pass = passPostgresProblems(say);
    pass('2026-11-23 01:37:59.201 UTC [1] LOG:  database system is ready to accept connections');
    pass('2026-11-23 01:37:59.201 UTC [1] FATAL:  the database system is starting up');
    pass('2026-11-23 01:37:59.201 UTC [1] PANIC:  could not write to file: No space left on device');
    expect(said).toEqual(['PostgreSQL: could not write to file: No space left on device']);
  });
});
